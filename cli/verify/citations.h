// That what the answer says of transactions is what their bytes say: amounts, addresses, fees, who
// spends what, in which block and when.
#pragma once

#include "cli/verify/bundle.h"
#include "cli/verify/proven.h"

#include <string>

namespace wagetrail::verifier {

/// Every output that is cited. The payouts and all outputs on paths must be enclosed; of others
/// those that are.
[[nodiscard]] Expected<std::string> check_outputs(const Bundle& bundle, const Proven& proven);

/// Every step: its inputs, outputs and fee, in their order, beside the bytes of the transaction and
/// of what it spends.
[[nodiscard]] Expected<std::string> check_steps(const Bundle& bundle, const Proven& proven);

/// Every path: begins with its payout, each link spends the one before, ends at the arrival.
[[nodiscard]] Expected<std::string> check_links(const Bundle& bundle, const Proven& proven);

}  // namespace wagetrail::verifier
