#include "heuristics/report/legal_clocks.h"

#include <catch2/catch.hpp>

namespace wagetrail::report {
namespace {

Time day(std::string_view text) {
    const auto time = parse_time(text);
    REQUIRE(time);
    return *time;
}

std::optional<LegalClock> clock_of(const ClockStart& start, std::string_view id) {
    for (LegalClock& clock : clocks_started(start))
        if (clock.id == id) return std::move(clock);
    return std::nullopt;
}

ClockStart listed(const char* payment, const char* known) {
    return {.verdict = lists::VerdictKind::listed_at_payment,
            .payment = day(payment),
            .known = day(known),
            .cents = std::nullopt};
}

}  // namespace

TEST_CASE("clocks: ten business days leave weekends out", "[report]") {
    // Monday 2025-11-03 to Monday 2025-11-17.
    CHECK(after_business_days(day("2025-11-03"), 10) == day("2025-11-17"));
    CHECK(after_business_days(day("2025-11-07T15:00:00Z"), 1) == day("2025-11-10"));  // a Friday
    CHECK(after_business_days(day("2025-11-08"), 1) == day("2025-11-10"));            // a Saturday
    const auto report =
        clock_of(listed("2024-01-02", "2025-11-03T09:00:00Z"), "us-ofac-blocking-report");
    REQUIRE(report);
    CHECK(report->due == day("2025-11-17"));
}

TEST_CASE("clocks: years run from the payment", "[report]") {
    CHECK(clock_of(listed("2024-02-29", "2025-11-03"), "us-records")->due == day("2034-03-01"));
    CHECK(clock_of(listed("2023-05-01T10:00:00Z", "2025-11-03"), "us-limitation")->due ==
          day("2033-05-01"));
    // The longer limitation reaches back to 2019-04-24.
    CHECK_FALSE(clock_of(listed("2019-04-23", "2025-11-03"), "us-limitation"));
}

TEST_CASE("clocks: thresholds count once dollars are known", "[report]") {
    ClockStart start = listed("2024-01-02", "2025-11-03");
    CHECK(clock_of(start, "us-fincen-sar-msb")->threshold_usd == 2'000U);
    start.cents = 199'999;
    CHECK_FALSE(clock_of(start, "us-fincen-sar-msb"));
    start.cents = 200'000;
    CHECK(clock_of(start, "us-fincen-sar-msb")->due == day("2025-12-03"));
    CHECK_FALSE(clock_of(start, "us-fincen-sar-bank"));
}

TEST_CASE("clocks: none run for a payment before the designation", "[report]") {
    ClockStart start = listed("2024-01-02", "2025-11-03");
    for (const auto verdict : {lists::VerdictKind::pre_designation,
                               lists::VerdictKind::never_listed, lists::VerdictKind::unknown}) {
        start.verdict = verdict;
        CHECK(clocks_started(start).empty());
    }
}

}  // namespace wagetrail::report
