// Seconds since 1970 in UTC, as chains and lists count them. The clock itself is read only by the
// programs; everything below gets time as an argument.
#pragma once

#include "chain/base/expected.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wagetrail {

struct Time {
    std::int64_t seconds = 0;
    friend constexpr auto operator<=>(const Time&, const Time&) = default;
};

/// "2023-04-24T15:04:05Z" (ISO 8601).
[[nodiscard]] std::string text(Time time);
/// "2023-04-24".
[[nodiscard]] std::string date_text(Time time);
/// A date ("2023-04-24", its first second) or a time in UTC ("2023-04-24T15:04:05Z"); nothing else.
[[nodiscard]] Expected<Time> parse_time(std::string_view text);
/// First second of the UTC day that holds time.
[[nodiscard]] Time day_start(Time time);

}  // namespace wagetrail
