#include "heuristics/report/legal_clocks.h"

#include "chain/base/sha256.h"

#include "heuristics/report/built_in.h"
#include "heuristics/report/json.h"

#include <algorithm>

namespace wagetrail::report {
namespace {

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::int64_t kDaysPerWeek = 7;

Time day_of(Time moment) {
    return Time{moment.seconds - moment.seconds % kDay};
}

bool is_weekend(Time day) {
    constexpr std::int64_t kThursday = 4;                                          // 1970-01-01
    const std::int64_t weekday = (day.seconds / kDay + kThursday) % kDaysPerWeek;  // 0: Sunday
    return weekday == 0 || weekday == 6;
}

/// The same day of a later year; of 29 February the day after.
Time after_years(Time day, std::uint64_t years) {
    const std::string text = date_text(day);  // "2024-02-29"
    const std::string year = std::to_string(std::stoull(text.substr(0, 4)) + years);
    const auto same = parse_time(year + text.substr(4));
    if (same) return *same;
    const auto before = parse_time(year + "-02-28");
    CHECK(before.has_value());
    return Time{before->seconds + kDay};
}

Time due(const Json& clock, Time from) {
    if (clock.contains("business_days"))
        return after_business_days(from, clock.at("business_days").get<std::uint64_t>());
    if (clock.contains("years")) return after_years(from, clock.at("years").get<std::uint64_t>());
    return Time{from.seconds + clock.at("days").get<std::int64_t>() * kDay};
}

bool runs(const Json& clock, const ClockStart& start) {
    const Json& verdicts = clock.at("verdicts");
    if (std::find(verdicts.begin(), verdicts.end(), Json(lists::text(start.verdict))) ==
        verdicts.end())
        return false;
    if (clock.contains("payments_since") &&
        date_text(start.payment) < clock.at("payments_since").get<std::string>())
        return false;
    constexpr std::uint64_t kCents = 100;
    return !clock.contains("threshold_usd") || !start.cents ||
           *start.cents >= clock.at("threshold_usd").get<std::uint64_t>() * kCents;
}

}  // namespace

Time after_business_days(Time day, std::uint64_t count) {
    Time at = day_of(day);
    while (count > 0) {
        at.seconds += kDay;
        if (!is_weekend(at)) --count;
    }
    return at;
}

std::vector<LegalClock> clocks_started(const ClockStart& start) {
    static const Json data = Json::parse(kLegalClocks);  // ours, parsed once
    std::vector<LegalClock> clocks;
    for (const Json& clock : data.at("clocks")) {
        if (!runs(clock, start)) continue;
        const bool from_payment = clock.at("from") == "payment";
        LegalClock one{.id = clock.at("id"),
                       .rule = clock.at("rule"),
                       .words = clock.at("words"),
                       .due = due(clock, day_of(from_payment ? start.payment : start.known)),
                       .threshold_usd = std::nullopt};
        if (clock.contains("threshold_usd"))
            one.threshold_usd = clock.at("threshold_usd").get<std::uint64_t>();
        clocks.push_back(std::move(one));
    }
    std::stable_sort(clocks.begin(), clocks.end(),
                     [](const LegalClock& a, const LegalClock& b) { return a.due < b.due; });
    return clocks;
}

std::string legal_clocks_sha256() {
    return sha256_hex(kLegalClocks);
}

}  // namespace wagetrail::report
