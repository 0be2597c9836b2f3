#include "heuristics/change/daily_prices.h"

#include "chain/base/amount.h"

#include "heuristics/change/columns.h"

namespace wagetrail {
namespace {

constexpr std::int64_t kDaySeconds = 24 * 3600;
constexpr unsigned kCentDigits = 2;

/// Digits beyond the cent are cut off.
Expected<std::uint64_t> cents(std::string_view dollars) {
    const auto point = dollars.find('.');
    if (point != std::string_view::npos) dollars = dollars.substr(0, point + 1 + kCentDigits);
    return TRY(parse_decimal(dollars, kCentDigits)).units();
}

}  // namespace

Expected<DailyPrices> DailyPrices::of_table(std::string_view csv) {
    DailyPrices prices;
    for (const ColumnRow& row : TRY(read_columns(csv, {"date", "close"}))) {
        const std::string line = "line " + std::to_string(row.line);
        const auto day = parse_time(row.cells[0]);
        if (!day) return with_context(day.error(), line);
        const auto price = cents(row.cells[1]);
        if (!price) return with_context(price.error(), line);
        prices.cents_[day->seconds / kDaySeconds] = *price;
    }
    return prices;
}

std::optional<std::uint64_t> DailyPrices::cents_at(Time moment) const {
    const auto found = cents_.find(moment.seconds / kDaySeconds);
    if (found == cents_.end() || found->second == 0) return std::nullopt;
    return found->second;
}

}  // namespace wagetrail
