// What a coin was worth on a day, for the rule that looks for amounts that are round in dollars.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

namespace wagetrail {

class DailyPrices {
  public:
    /// A CSV with columns date ("2024-01-31") and close (dollars); others are ignored. The later
    /// row of a day wins. invalid, with the line, for anything else.
    [[nodiscard]] static Expected<DailyPrices> of_table(std::string_view csv);

    /// US cents per coin on the day, in UTC, of a moment; nullopt when it has none, or it was zero.
    [[nodiscard]] std::optional<std::uint64_t> cents_at(Time moment) const;

  private:
    std::map<std::int64_t, std::uint64_t> cents_;  // by days since 1970
};

}  // namespace wagetrail
