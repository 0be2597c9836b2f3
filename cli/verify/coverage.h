// That the codes of what an answer does not cover follow from what else it says: payouts that were
// not found, ends at a limit, the age of the block and of the lists. Whether a label at hand names
// a service, nobody can tell from a bundle.
#pragma once

#include "cli/verify/bundle.h"
#include "cli/verify/field.h"
#include "cli/verify/proven.h"

#include <string>

namespace wagetrail::verifier {

[[nodiscard]] Expected<std::string> check_coverage(const Json& document,
                                                   const Bundle& bundle,
                                                   const Proven& proven);

}  // namespace wagetrail::verifier
