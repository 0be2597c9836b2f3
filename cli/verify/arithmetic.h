// The accounting again, step by step, with the policies' own functions: that each step takes lots
// apart as its policy says, that nothing appears or goes missing between steps, that every unit of
// every payout is at last in exactly one of reached, stopped, unspent and fees, and that the sums,
// the shares on paths and the envelope over policies follow from that.
#pragma once

#include "cli/verify/bundle.h"

#include <string>

namespace wagetrail::verifier {

[[nodiscard]] Expected<std::string> check_arithmetic(const Bundle& bundle);

/// What follows from the parts: totals, the table of verdicts, the envelope over policies.
[[nodiscard]] Expected<std::string> check_sums(const Bundle& bundle);

}  // namespace wagetrail::verifier
