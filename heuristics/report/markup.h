// Foreign text made safe for the formats that are not JSON.
#pragma once

#include <string>
#include <string_view>

namespace wagetrail::report {

/// For text and attributes of XML and HTML. Control characters and broken UTF-8 become \xNN.
[[nodiscard]] std::string markup(std::string_view text);

/// A cell of a CSV (RFC 4180). A text that a spreadsheet would take for a formula gets a ' in
/// front.
[[nodiscard]] std::string csv_cell(std::string_view text);

/// Between the quotes of a DOT string.
[[nodiscard]] std::string dot_text(std::string_view text);

}  // namespace wagetrail::report
