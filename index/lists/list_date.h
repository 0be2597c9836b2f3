// Dates as foreign lists write them. Each list has one form, stated by its profile: nothing is
// guessed, because 03/04/2025 is March or April depending on who wrote it.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/time.h"

#include <cstdint>
#include <string_view>

namespace wagetrail::lists {

enum class DateForm : std::uint8_t {
    iso,             // 2025-03-21, or 2025-03-21T12:00:00Z
    day_month_year,  // 21.03.2025
    month_day_year,  // 03/21/2025
};

/// invalid unless every digit stands where the form has it and the day exists.
Expected<Time> parse_date(std::string_view text, DateForm form);

}  // namespace wagetrail::lists
