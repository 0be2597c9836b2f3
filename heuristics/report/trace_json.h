// The JSON of a trace. Used inside heuristics/report only.
#pragma once

#include "heuristics/report/json.h"
#include "heuristics/report/trace_report.h"

namespace wagetrail::report {

/// result of the envelope.
/// What was followed: one per payout, with the name it was asked by.
[[nodiscard]] Json sources_json(const TraceQuestion& question, const Trace& trace);

[[nodiscard]] Json listing_json(const lists::Listing& listing);

/// Position, address and amount of an output.
[[nodiscard]] Json path_coin_json(const Coin& coin);

/// conserved: whether amounts mean anything; null otherwise.
[[nodiscard]] Json path_steps_json(LedgerId ledger,
                                   const std::vector<PathStep>& path,
                                   bool conserved);

[[nodiscard]] Json trace_json(const TraceQuestion& question,
                              const std::vector<PolicyTrace>& traces);

}  // namespace wagetrail::report
