// What a new edition of a list changes about value that moved before: the same arrivals, judged by
// the lists as they stood with the older and with the newer edition.
#pragma once

#include "heuristics/trace/judge.h"

#include <vector>

namespace wagetrail {

/// A list as it stood with one edition.
struct Edition {
    lists::ListView list;
    Targets listed;  // Targets::listed of it
};

struct Reconsidered {
    std::size_t arrival = 0;  // index into Trace::reached
    JudgedArrival before;
    JudgedArrival after;
};

/// Arrivals with another verdict, at the payout or at the arrival, in their order. The trace's
/// target must have been all addresses of `after`; a listing of one of the views only is none in
/// the other.
[[nodiscard]] Expected<std::vector<Reconsidered>> reconsider(const index::LedgerView& view,
                                                             const Trace& trace,
                                                             Edition& before,
                                                             Edition& after);

}  // namespace wagetrail
