#include "chain/base/time.h"

#include <charconv>
#include <chrono>

namespace wagetrail {
namespace {

constexpr std::int64_t kDay = 86400;

std::int64_t floor_day(std::int64_t seconds) {
    return seconds - ((seconds % kDay) + kDay) % kDay;
}

/// With zeros in front, behind a sign.
std::string padded(int value, std::size_t width) {
    std::string text = std::to_string(value);
    if (text.size() < width) text.insert(value < 0 ? 1U : 0U, width - text.size(), '0');
    return text;
}

std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (const char c : text)
        if (c < '0' || c > '9') return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Seconds within the day of "15:04:05Z".
std::optional<std::int64_t> parse_clock(std::string_view text) {
    if (text.size() != 9 || text[2] != ':' || text[5] != ':' || text[8] != 'Z') return std::nullopt;
    const auto hour = digits(text.substr(0, 2));
    const auto minute = digits(text.substr(3, 2));
    const auto second = digits(text.substr(6, 2));
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    return *hour * 3600 + *minute * 60 + *second;
}

std::optional<std::int64_t> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date(std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count() * kDay;
}

}  // namespace

std::string date_text(Time time) {
    const std::chrono::sys_days days{std::chrono::days(floor_day(time.seconds) / kDay)};
    const std::chrono::year_month_day date(days);
    return padded(static_cast<int>(date.year()), 4) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

std::string text(Time time) {
    const auto clock = static_cast<int>(time.seconds - floor_day(time.seconds));
    return date_text(time) + "T" + padded(clock / 3600, 2) + ":" + padded(clock / 60 % 60, 2) +
           ":" + padded(clock % 60, 2) + "Z";
}

Expected<Time> parse_time(std::string_view text) {
    const auto date = parse_date(text.substr(0, 10));
    const auto clock = text.size() == 10                      ? std::optional<std::int64_t>(0)
                       : text.size() == 20 && text[10] == 'T' ? parse_clock(text.substr(11))
                                                              : std::nullopt;
    if (!date || !clock)
        return fail(ErrorCode::invalid, "\"" + std::string(text) +
                                            "\" is not a time: write 2023-04-24 or "
                                            "2023-04-24T15:04:05Z (UTC)");
    return Time{*date + *clock};
}

Time day_start(Time time) {
    return Time{floor_day(time.seconds)};
}

}  // namespace wagetrail
