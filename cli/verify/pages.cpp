#include "cli/verify/pages.h"

#include "chain/base/sha256.h"

#include <map>

namespace wagetrail::verifier {
namespace {

Expected<std::string> compare(const Json& document, std::span<const Page> pages) {
    std::map<std::string, std::string> named;
    const Field stated = Field(document, "")["result"]["pages"];
    if (!stated.is_null())
        TRY(all_of<bool>(stated, [&](const Field& page) -> Expected<bool> {
            named[TRY(page["name"].text())] = TRY(page["sha256"].text());
            return true;
        }));
    std::string words;
    for (const Page& page : pages) {
        const auto found = named.find(page.name);
        if (found == named.end())
            return broken("the bundle does not name " + page.name + ", which stands beside it");
        if (found->second != sha256_hex(page.text))
            return broken(page.name +
                          " beside the bundle is not the one it was made with: it was changed, or "
                          "is of another bundle");
        words += (words.empty() ? "" : ", ") + page.name;
    }
    return words + (pages.size() == 1 ? " is the one" : " are those") + " the bundle names";
}

}  // namespace

Check check_pages(const Json& document, std::span<const Page> pages) {
    if (pages.empty())
        return {"pages", State::absent, "no report.html and no arrivals.csv stand beside it"};
    return check("pages", compare(document, pages));
}

}  // namespace wagetrail::verifier
