// Byte strings: the owning and the borrowing type used everywhere, and their hexadecimal form.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail {

using Bytes = std::vector<std::uint8_t>;
/// Borrowed bytes: valid as long as whatever owns them.
using ByteView = std::span<const std::uint8_t>;

[[nodiscard]] inline Bytes to_bytes(ByteView view) {
    return {view.begin(), view.end()};
}

[[nodiscard]] inline bool equal(ByteView a, ByteView b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

inline void append(Bytes& to, ByteView from) {
    to.insert(to.end(), from.begin(), from.end());
}

/// Bytes of a text, without a terminator; borrows the text.
[[nodiscard]] ByteView as_bytes(std::string_view text);

/// Lower-case hexadecimal in memory order.
[[nodiscard]] std::string to_hex(ByteView bytes);

/// nullopt for an odd length or a character that is not hexadecimal. Both cases are accepted.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view hex);

}  // namespace wagetrail
