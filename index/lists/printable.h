// Text of others that is safe to store, to compare and to print on a terminal: UTF-8 without
// control characters.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wagetrail::lists {

/// Position of the first byte that is no part of well-formed UTF-8 (no overlong forms, no
/// surrogates) or of a control character (C0 with tab, DEL, C1); none: all of it is printable.
[[nodiscard]] std::optional<std::size_t> first_unprintable(std::string_view text);

/// Without white space (space, tab, line ends) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// trimmed, and each run of white space inside made one space.
[[nodiscard]] std::string one_line(std::string_view text);
/// one_line, and each byte that is not printable made "?".
[[nodiscard]] std::string printable_line(std::string_view text);
[[nodiscard]] std::string ascii_lower(std::string_view text);

}  // namespace wagetrail::lists
