// That the limits an answer names are those its walks kept: nothing went beyond one, and whatever
// ended at one had reached it. A limit that nothing came near could have been any other.
#pragma once

#include "cli/verify/bundle.h"
#include "cli/verify/field.h"

#include <string>

namespace wagetrail::verifier {

[[nodiscard]] Expected<std::string> check_limits(const Json& document, const Bundle& bundle);

}  // namespace wagetrail::verifier
