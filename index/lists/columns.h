// Tables that users hand in: the named columns of a CSV with a header line, whatever stands beside
// them and in whatever order.
#pragma once

#include "chain/base/expected.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::lists {

struct ColumnRow {
    std::uint64_t line = 0;
    std::vector<std::string> cells;  // one per name asked for, in that order; empty where it ends
};

/// invalid, with the line, for a malformed table or a header that lacks a name. Empty lines are
/// skipped; names are compared exactly.
[[nodiscard]] Expected<std::vector<ColumnRow>> read_columns(
    std::string_view csv, const std::vector<std::string_view>& names);

}  // namespace wagetrail::lists
