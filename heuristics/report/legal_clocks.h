// Which deadlines a verdict starts, from heuristics/report/legal_clocks.json, which is part of the
// program. Dates are computed, laws are not interpreted.
#pragma once

#include "chain/base/time.h"

#include "index/lists/verdict.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail::report {

struct LegalClock {
    std::string id;
    std::string rule;
    std::string words;
    Time due;                                    // the day, at its begin
    std::optional<std::uint64_t> threshold_usd;  // it counts from this amount on
};

struct ClockStart {
    lists::VerdictKind verdict = lists::VerdictKind::unknown;
    Time payment;
    Time known;  // when the list was known here
    std::optional<std::uint64_t>
        cents;  // of dollars; nullopt: not known, thresholds are then shown
};

/// Those that run, by the day they end.
[[nodiscard]] std::vector<LegalClock> clocks_started(const ClockStart& start);

/// SHA-256 of the data.
[[nodiscard]] std::string legal_clocks_sha256();

/// The day that many Mondays to Fridays after one.
[[nodiscard]] Time after_business_days(Time day, std::uint64_t count);

}  // namespace wagetrail::report
