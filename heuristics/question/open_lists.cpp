#include "heuristics/question/open_lists.h"

#include <algorithm>

namespace wagetrail::question {

Expected<std::optional<lists::ListView>> open_lists(Home& home,
                                                    const Pins& pins,
                                                    const OpenLedger& open,
                                                    const std::vector<std::string>& names) {
    const auto registry = TRY(home.registry());
    if (!registry) return std::optional<lists::ListView>();
    const auto snapshots = TRY(registry->snapshots());
    if (snapshots.empty()) return std::optional<lists::ListView>();
    const bool is_pinned = pins.pinned && pins.pinned->lists_as_of;
    Time as_of = is_pinned ? *pins.pinned->lists_as_of : open.moment();
    Time known_at = pins.known_at.empty() ? Time{} : TRY(parse_moment(pins.known_at));
    for (const lists::Snapshot& snapshot : snapshots) {
        // Other lists must not change the answer.
        if (!names.empty() && std::find(names.begin(), names.end(), snapshot.list) == names.end())
            continue;
        if (pins.as_of.empty() && !is_pinned) as_of = std::max(as_of, snapshot.published);
        if (pins.known_at.empty()) known_at = std::max(known_at, snapshot.known_from);
    }
    return std::optional(TRY(lists::ListView::load(
        *registry,
        {.ledger = open.view->ledger(), .lists = names, .as_of = as_of, .known_at = known_at})));
}

}  // namespace wagetrail::question
