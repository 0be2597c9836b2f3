// The answer of `paths`: the best ways by which value of the payouts came to the target, one after
// the other. A way is time-respecting: every step is a transaction that spends what the one before
// it paid.
#pragma once

#include "heuristics/clusters.h"
#include "heuristics/report/trace_report.h"
#include "heuristics/trace/holding.h"

#include <cstddef>

namespace wagetrail::report {

struct PathRequest {
    WayRank rank = WayRank::value;
    std::size_t count = 5;
    /// Steps within one entity, as the view's level joins them, are one; of ways through the same
    /// entities the best stands for all.
    bool entities = false;
};

/// traced: of a walk that kept request.count ways. With poison the amounts are null.
[[nodiscard]] Expected<Answer> path_answer(const index::LedgerView& view,
                                           Clusters& clusters,
                                           const Manifest& manifest,
                                           const TraceQuestion& question,
                                           const PolicyTrace& traced,
                                           const PathRequest& request);

}  // namespace wagetrail::report
