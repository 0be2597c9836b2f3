#include "heuristics/question/missing_lists.h"

#include "chain/base/bytes.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace wagetrail::question {
namespace {

constexpr std::size_t kShown = 20;

/// What may stand in a command that somebody copies: pins come from a file.
bool is_plain(const report::ListPin& pin) {
    const auto digest = from_hex(pin.sha256);
    return lists::valid_list_name(pin.name) && digest && digest->size() == 32;
}

std::string import_line(const report::ListPin& pin, const std::vector<lists::Snapshot>& at_hand) {
    const auto same = std::ranges::find_if(at_hand, [&](const lists::Snapshot& one) {
        return one.list == pin.name && lists::sha256_text(one.sha256) == pin.sha256;
    });
    if (same != at_hand.end() && same->known_from <= pin.known_from) return "";
    return "  wagetrail lists import FILE --name " + pin.name + " --known-from " +
           text(pin.known_from) + "\n    FILE: published " + text(pin.published) + ", SHA-256 " +
           pin.sha256 +
           (same == at_hand.end() ? "\n"
                                  : "\n    it is here as known since " + text(same->known_from) +
                                        " only, which stays so: begin with another --home\n");
}

}  // namespace

Expected<std::string> missing_lists(const Home& home, std::span<const report::ListPin> pins) {
    const auto registry = TRY(home.registry());
    std::vector<lists::Snapshot> at_hand;
    if (registry) at_hand = TRY(registry->snapshots());
    std::set<std::pair<std::string, std::string>> seen;  // versions of a history share a file
    std::string lines;
    std::size_t left = 0;
    for (const report::ListPin& pin : pins) {
        if (!is_plain(pin) || !seen.emplace(pin.name, pin.sha256).second) continue;
        const std::string line = import_line(pin, at_hand);
        if (line.empty()) continue;
        if (seen.size() <= kShown)
            lines += line;
        else
            ++left;
    }
    if (left > 0) lines += "  and " + std::to_string(left) + " more, which its lists name\n";
    if (lines.empty()) return lines;
    return "it rests on editions of lists that are not here as it had them; import each with the "
           "moment it names (and --published, where the file does not say it):\n" +
           lines;
}

}  // namespace wagetrail::question
