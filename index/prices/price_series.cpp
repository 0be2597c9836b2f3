#include "index/prices/price_series.h"

#include "chain/base/amount.h"
#include "chain/base/number.h"

#include "index/lists/columns.h"

#include <array>
#include <limits>

namespace wagetrail::prices {
namespace {

constexpr unsigned kMicroDigits = 6;
constexpr std::uint64_t kMicrosPerCent = 10'000;
constexpr std::uint64_t kMicrosMax = 1'000'000'000'000'000;  // a billion dollars
constexpr std::array kTimeColumns{std::string_view("date"), std::string_view("time"),
                                  std::string_view("timestamp")};

Expected<std::vector<lists::ColumnRow>> rows_of(std::string_view csv, std::string_view column) {
    auto rows = lists::read_columns(csv, {kTimeColumns.front(), column});
    for (const std::string_view time : {kTimeColumns[1], kTimeColumns[2]}) {
        if (rows) break;
        auto other = lists::read_columns(csv, {time, column});
        if (other) rows = std::move(other);
    }
    return rows;
}

Expected<Time> moment(const std::string& text) {
    const auto seconds = parse_number(text);
    if (!seconds || text.size() < 9) return parse_time(text);
    if (*seconds > std::uint64_t{std::numeric_limits<std::uint32_t>::max()})
        return fail(ErrorCode::invalid, "\"" + text + "\" are no seconds since 1970");
    return Time{static_cast<std::int64_t>(*seconds)};
}

Expected<std::uint64_t> micros(std::string_view dollars) {
    const auto point = dollars.find('.');
    if (point != std::string_view::npos) dollars = dollars.substr(0, point + 1 + kMicroDigits);
    const std::uint64_t price = TRY(parse_decimal(dollars, kMicroDigits)).units();
    if (price > kMicrosMax) return fail(ErrorCode::invalid, "no coin costs a billion dollars");
    return price;
}

std::int64_t begin_of(Time at, std::int64_t step) {
    return at.seconds - ((at.seconds % step) + step) % step;
}

}  // namespace

Expected<PriceSeries> PriceSeries::of_table(std::string_view csv, std::string_view column) {
    std::vector<std::pair<Time, std::uint64_t>> points;
    std::int64_t step = kDaySeconds;
    for (const lists::ColumnRow& row : TRY(rows_of(csv, column))) {
        if (row.cells[1].empty()) continue;
        const std::string line = "line " + std::to_string(row.line);
        const auto at = moment(row.cells[0]);
        if (!at) return with_context(at.error(), line);
        if (at->seconds % kHourSeconds != 0)
            return fail(ErrorCode::invalid, line + ": " + row.cells[0] + " is no full hour");
        if (at->seconds % kDaySeconds != 0) step = kHourSeconds;
        const auto price = micros(row.cells[1]);
        if (!price) return with_context(price.error(), line);
        points.emplace_back(*at, *price);
    }
    if (points.empty())
        return fail(ErrorCode::invalid, "no row has a price in the column " + std::string(column));
    PriceSeries series(step);
    for (const auto& [at, price] : points) series.add(at, price);
    return series;
}

void PriceSeries::add(Time at, std::uint64_t micros) {
    micros_[begin_of(at, step_)] = micros;
}

std::optional<std::uint64_t> PriceSeries::micros_at(Time moment) const {
    const auto price_in = [&](const Points& points, std::int64_t step) {
        const auto found = points.find(begin_of(moment, step));
        return found == points.end() || found->second == 0 ? std::optional<std::uint64_t>()
                                                           : found->second;
    };
    auto price = price_in(micros_, step_);
    for (const Other& other : behind_)
        if (!price) price = price_in(other.micros, other.step);
    return price;
}

std::optional<std::uint64_t> PriceSeries::cents_at(Time moment) const {
    const auto price = micros_at(moment);
    if (!price || *price < kMicrosPerCent) return std::nullopt;
    return *price / kMicrosPerCent;
}

void PriceSeries::fall_back_on(const PriceSeries& other) {
    behind_.push_back({.step = other.step_, .micros = other.micros_});
    behind_.insert(behind_.end(), other.behind_.begin(), other.behind_.end());
}

std::vector<Gap> PriceSeries::gaps() const {
    std::vector<Gap> all;
    std::optional<std::int64_t> last;
    for (const auto& [at, price] : micros_) {
        if (price == 0) continue;
        if (last && at - *last > step_) all.push_back({Time{*last + step_}, Time{at - step_}});
        last = at;
    }
    return all;
}

}  // namespace wagetrail::prices
