// Answers about lists: import, ls, diff.
#pragma once

#include "index/lists/import.h"

#include "heuristics/report/envelope.h"

namespace wagetrail::report {

[[nodiscard]] Answer import_answer(const lists::ImportSummary& summary);
[[nodiscard]] Answer snapshots_answer(const std::vector<lists::Snapshot>& snapshots);
[[nodiscard]] Answer diff_answer(const lists::Snapshot& before,
                                 const lists::Snapshot& after,
                                 const lists::ListDiff& diff);

}  // namespace wagetrail::report
