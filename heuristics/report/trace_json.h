// The JSON of a trace. Used inside heuristics/report only.
#pragma once

#include "heuristics/report/json.h"
#include "heuristics/report/trace_report.h"

namespace wagetrail::report {

/// result of the envelope.
[[nodiscard]] Json trace_json(const TraceQuestion& question,
                              const std::vector<PolicyTrace>& traces);

}  // namespace wagetrail::report
