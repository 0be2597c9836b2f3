// Unsigned decimal numbers as people write them.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wagetrail {

/// The whole text as a number of 64 bits; nullopt for anything else, an empty text included.
[[nodiscard]] inline std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const auto [parsed_to, error] = std::from_chars(begin, end, number);
    if (error != std::errc() || parsed_to != end) return std::nullopt;
    return number;
}

}  // namespace wagetrail
