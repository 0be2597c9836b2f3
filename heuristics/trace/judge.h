// Was the receiver listed when the employer paid, and when the value arrived? Joins what a walk
// reached with the lists.
#pragma once

#include "index/lists/list_view.h"

#include "heuristics/trace/targets.h"
#include "heuristics/trace/trace.h"

#include <cstddef>
#include <vector>

namespace wagetrail {

struct JudgedArrival {
    std::size_t arrival = 0;    // index into Trace::reached
    lists::Verdict at_payout;   // about the receiver, on the day of the payout
    lists::Verdict at_arrival;  // about the receiver, on the day the value came
    /// The listings both verdicts chose from (Verdict::listing is an index into it): of the address
    /// itself and of the forms of its key. Empty when no list names one.
    std::vector<lists::Listing> listings;
};

/// Arrivals with the same two verdicts.
struct VerdictTotal {
    lists::VerdictKind at_payout = lists::VerdictKind::unknown;
    lists::VerdictKind at_arrival = lists::VerdictKind::unknown;
    std::size_t arrivals = 0;
    std::size_t payouts = 0;  // different ones
    Amount amount;
};

struct Judgement {
    std::vector<JudgedArrival> arrivals;  // one per Trace::reached, in its order
    std::vector<VerdictTotal> totals;     // by at_payout, then at_arrival, in their enum's order
};

/// listed: Targets::listed(view, clusters, lists).
[[nodiscard]] Expected<Judgement> judge(
    const index::LedgerView& view,
    const Trace& trace,
    const lists::ListView& lists,
    Targets& listed,
    std::int64_t max_age_seconds = lists::kDefaultMaxAgeSeconds);

}  // namespace wagetrail
