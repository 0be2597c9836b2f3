#include "cli/open_lists.h"

#include <algorithm>

namespace wagetrail::cli {

Expected<std::optional<lists::ListView>> open_lists(const CommonOptions& common,
                                                    const OpenLedger& open,
                                                    const std::vector<std::string>& names) {
    const auto registry = TRY(open_registry(common));
    if (!registry) return std::optional<lists::ListView>();
    const auto snapshots = TRY(registry->snapshots());
    if (snapshots.empty()) return std::optional<lists::ListView>();
    const bool is_pinned = common.pinned && common.pinned->lists_as_of;
    Time as_of = is_pinned ? *common.pinned->lists_as_of : open.moment();
    Time known_at = common.known_at.empty() ? Time{} : TRY(parse_moment(common.known_at));
    for (const lists::Snapshot& snapshot : snapshots) {
        // Other lists must not change the answer.
        if (!names.empty() && std::find(names.begin(), names.end(), snapshot.list) == names.end())
            continue;
        if (common.as_of.empty() && !is_pinned) as_of = std::max(as_of, snapshot.published);
        if (common.known_at.empty()) known_at = std::max(known_at, snapshot.known_from);
    }
    return std::optional(TRY(lists::ListView::load(
        *registry,
        {.ledger = open.view->ledger(), .lists = names, .as_of = as_of, .known_at = known_at})));
}

}  // namespace wagetrail::cli
