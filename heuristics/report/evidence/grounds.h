// On which merges of addresses an answer of `trace` stands: those that make an address paid from a
// subject's, and those that make an address reached one of the target. The weakest are named first,
// since a doubt about the answer starts there.
#pragma once

#include "heuristics/clusters.h"
#include "heuristics/report/json.h"
#include "heuristics/report/trace_report.h"
#include "heuristics/trace/targets.h"

#include <cstddef>
#include <vector>

namespace wagetrail::report {

struct Grounds {
    Json merges = Json::array();  // weakest first
    std::size_t pairs = 0;        // of addresses that merges had to join
    bool truncated = false;       // there were more pairs than are looked at
};

/// targets: nullptr without a target.
[[nodiscard]] Expected<Grounds> grounds_of(const index::LedgerView& view,
                                           Clusters& clusters,
                                           ClusterLevel level,
                                           Targets* targets,
                                           const TraceQuestion& question,
                                           const std::vector<PolicyTrace>& traces);

}  // namespace wagetrail::report
