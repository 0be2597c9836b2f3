// Which column each node of a picture stands in; 0 is that of the payers.
#pragma once

#include "heuristics/report/picture/layout.h"

#include <span>

namespace wagetrail::report {

/// By node. Across hops: the longest way from the payers, where value came back to somebody it had
/// passed left aside.
[[nodiscard]] std::vector<std::int64_t> hop_columns(const Picture& picture, std::size_t fixed);

struct TimeColumns {
    std::vector<std::int64_t> columns;                  // by node
    std::vector<std::pair<std::int64_t, Time>> begins;  // of columns: their first moment
};
/// By when value first came to a node; of a payer, when it first left.
[[nodiscard]] TimeColumns time_columns(const Picture& picture);

}  // namespace wagetrail::report
