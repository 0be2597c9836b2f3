// What a coin was worth in US dollars, day by day or hour by hour, in integers: millionths of a
// dollar per coin.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace wagetrail::prices {

inline constexpr std::int64_t kDaySeconds = 24 * 3600;
inline constexpr std::int64_t kHourSeconds = 3600;

/// Moments without a price between two that have one: the first and the last of them.
struct Gap {
    Time first;
    Time last;
    friend bool operator==(const Gap&, const Gap&) = default;
};

class PriceSeries {
  public:
    explicit PriceSeries(std::int64_t step_seconds) : step_(step_seconds) {}

    /// A CSV with a column of dates ("2024-01-31"), of times in UTC or of seconds since 1970,
    /// called date, time or timestamp, and one of dollars; others are ignored. Hourly when a row
    /// names an hour of a day. A row without a price is none; the later row of a moment wins;
    /// digits beyond the millionth are cut off. invalid, with the line, for anything else.
    [[nodiscard]] static Expected<PriceSeries> of_table(std::string_view csv,
                                                        std::string_view column = "close");

    void add(Time at, std::uint64_t micros);
    /// Where this one has no price of a moment, the other's counts, that of the same day or hour:
    /// no price of another day is ever taken. Of several the one given first goes before.
    void fall_back_on(const PriceSeries& other);

    /// In the day or hour of the moment, in UTC; nullopt when nobody has one, or it was zero.
    [[nodiscard]] std::optional<std::uint64_t> micros_at(Time moment) const;
    [[nodiscard]] std::optional<std::uint64_t> cents_at(Time moment) const;

    [[nodiscard]] std::int64_t step_seconds() const { return step_; }
    /// Its own, by moment; never empty when it came from a table.
    [[nodiscard]] const std::map<std::int64_t, std::uint64_t>& points() const { return micros_; }
    /// Its own, whoever fills them.
    [[nodiscard]] std::vector<Gap> gaps() const;

  private:
    using Points =
        std::map<std::int64_t, std::uint64_t>;  // by seconds since 1970 of a step's begin
    struct Other {
        std::int64_t step = kDaySeconds;
        Points micros;
    };

    std::int64_t step_;
    Points micros_;
    std::vector<Other> behind_;  // in the order in which they are asked
};

}  // namespace wagetrail::prices
