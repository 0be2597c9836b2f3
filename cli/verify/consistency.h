// What a bundle says twice must be said alike: its pins inside and outside, the files it names and
// those it encloses, verdicts beside the listings they rest on, what is claimed of alternatives
// beside their figures.
#pragma once

#include "cli/verify/bundle.h"

#include <string>

namespace wagetrail::verifier {

[[nodiscard]] Expected<std::string> check_consistency(const Json& document, const Bundle& bundle);

}  // namespace wagetrail::verifier
