// What several policies say of one question together: the least and the most, and whether the
// finding stands under each of them. Never called a bound: other methods may say other things.
#pragma once

#include "heuristics/report/json.h"
#include "heuristics/report/trace_report.h"

#include <optional>
#include <string>
#include <vector>

namespace wagetrail::report {

struct AmountRange {
    Amount min;
    Amount max;
};

struct EnvelopeArrival {
    SourceId source;
    OutPoint at;
    AmountRange amount;  // min is zero where a policy brings nothing there
};

/// Over the policies that conserve, of which there are two or more.
struct PolicyEnvelope {
    std::vector<Policy> policies;
    AmountRange reached;
    bool survives_all = false;              // each policy lets something reach the target
    std::vector<EnvelopeArrival> arrivals;  // by source, then by output
};

/// nullopt: fewer than two of the policies conserve.
[[nodiscard]] std::optional<PolicyEnvelope> envelope_of(const std::vector<PolicyTrace>& traces);

[[nodiscard]] Json envelope_json(LedgerId ledger, const std::optional<PolicyEnvelope>& envelope);
[[nodiscard]] std::string envelope_text(LedgerId ledger,
                                        Direction direction,
                                        const PolicyEnvelope& envelope);

}  // namespace wagetrail::report
