#include "cli/sizes.h"

#include <charconv>
#include <string>

namespace wagetrail::cli {

Expected<std::uint64_t> parse_memory(std::string_view text) {
    constexpr std::uint64_t kLeast = std::uint64_t{64} << 20U;
    constexpr std::uint64_t kMost = std::uint64_t{1} << 44U;
    const auto bad = [&](std::string_view why) {
        return fail(ErrorCode::invalid,
                    "\"" + std::string(text) + "\" " + std::string(why) +
                        "; write a size such as 512MiB or 2GiB, at least 64MiB");
    };
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return bad("is not a size");
    const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    unsigned shift = 0;
    if (unit == "GiB")
        shift = 30;
    else if (unit == "MiB")
        shift = 20;
    else if (!unit.empty())
        return bad("has an unknown unit");
    if (number > kMost >> shift) return bad("is too large");
    if (number << shift < kLeast) return bad("is too small");
    return number << shift;
}

}  // namespace wagetrail::cli
