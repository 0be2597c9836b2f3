// How high each node of a picture stands in its column.
#pragma once

#include "heuristics/report/picture/layout.h"

#include <vector>

namespace wagetrail::report {

/// The middle of each node, by node: as near as there is room to those it dealt with, no two of a
/// column nearer than kRowStep. fixed: as in laid_out().
[[nodiscard]] std::vector<std::int64_t> rows_of(const Picture& picture,
                                                const std::vector<std::int64_t>& columns,
                                                std::size_t fixed);

}  // namespace wagetrail::report
