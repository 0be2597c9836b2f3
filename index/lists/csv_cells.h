// What the readers of CSV lists ask of rows and cells.
#pragma once

#include "chain/base/expected.h"

#include "index/lists/csv.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::lists {

[[nodiscard]] bool is_blank_or_comment(const std::vector<CsvField>& row);
/// invalid, with the place, for a row of another number of fields than the header has.
Expected<void> check_width(const std::vector<CsvField>& row, std::size_t width);
/// invalid, with the place, unless the text is one word of bounded length.
Expected<void> check_address(const CsvField& field, std::string_view text);
/// Why the text cannot be an address in any list; what it means is not asked.
[[nodiscard]] std::optional<std::string> not_one_word(std::string_view text);
/// Separated by spaces, semicolons or commas; sorted, each once.
[[nodiscard]] std::vector<std::string> csv_words(std::string_view text);

}  // namespace wagetrail::lists
