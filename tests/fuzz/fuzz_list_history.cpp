// Any bytes as a history of a list, whole and in pieces of a size that the first byte chooses.
// Every row of what comes out stands in exactly the versions between its two dates.
#include "chain/base/expected.h"

#include "index/lists/list_history.h"

#include "tests/fuzz/pieces.h"

#include <cstddef>
#include <cstdint>

namespace wagetrail::lists {
namespace {

void check_rows(const ListHistory& history) {
    std::size_t shown = 0;
    for (const Time version : history.versions) shown += history.at(version).size();
    std::size_t expected = 0;
    for (const HistoryRow& row : history.rows) {
        CHECK(row.party < history.parties.size());
        CHECK(history.versions.contains(row.first));
        CHECK(!row.removed ||
              (*row.removed > row.first && history.versions.contains(*row.removed)));
        for (const Time version : history.versions)
            expected += version >= row.first && (!row.removed || version < *row.removed) ? 1 : 0;
    }
    CHECK(shown == expected);
}

void check(const ListHistory& whole, const ListHistory& pieces) {
    CHECK(whole.versions == pieces.versions && whole.parties == pieces.parties);
    CHECK(whole.rows.size() == pieces.rows.size());
    check_rows(whole);
}

}  // namespace
}  // namespace wagetrail::lists

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::fuzz::check_pieces<wagetrail::lists::HistoryParser>({data, size},
                                                                   wagetrail::lists::check);
    return 0;
}
