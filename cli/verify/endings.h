// That the reasons for which value was not followed further fit what else the bundle says: which
// reason a direction has, who spends what is called unspent, what is a coinbase. Why an address
// counts as a service, nobody can tell from a bundle.
#pragma once

#include "cli/verify/bundle.h"
#include "cli/verify/proven.h"

#include <string>

namespace wagetrail::verifier {

[[nodiscard]] Expected<std::string> check_endings(const Bundle& bundle, const Proven& proven);

}  // namespace wagetrail::verifier
