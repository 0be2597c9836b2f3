// What others say of an address.
#pragma once

#include "heuristics/question/answered.h"
#include "heuristics/question/home.h"
#include "heuristics/question/pins.h"

#include <string>

namespace wagetrail::question {

/// Every label, contradicting ones too, with who says so. Found nothing: an answer without labels,
/// which is not the same as clean. The address need not be on the chain.
[[nodiscard]] Expected<Answered> labels_of(Home& home,
                                           const Pins& pins,
                                           const std::string& address);

}  // namespace wagetrail::question
