// Answers about lists: import, ls, diff.
#pragma once

#include "index/lists/import.h"
#include "index/lists/list_view.h"

#include "heuristics/report/envelope.h"

#include <span>

namespace wagetrail::report {

[[nodiscard]] Answer import_answer(const lists::ImportSummary& summary);
[[nodiscard]] Answer snapshots_answer(const std::vector<lists::Snapshot>& snapshots);
/// Whether an address was listed on a day.
struct ListCheck {
    std::string address;  // as asked
    Time on;
    lists::ViewRequest pins;
    std::span<const lists::ListState> states;  // that were asked
    std::span<const lists::Listing> listings;  // of the address
    lists::Verdict verdict;
    std::vector<std::string> coverage = {};  // beside what the verdict says by itself
};
[[nodiscard]] Answer check_answer(const ListCheck& check);

[[nodiscard]] Answer diff_answer(const lists::Snapshot& before,
                                 const lists::Snapshot& after,
                                 const lists::ListDiff& diff);

}  // namespace wagetrail::report
