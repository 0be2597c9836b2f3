// Recognises what somebody pasted: an address, an entity, a transaction, an output, a block, or the
// name of a party on a list.
#pragma once

#include "heuristics/question/answered.h"
#include "heuristics/question/home.h"
#include "heuristics/question/pins.h"

#include <string>

namespace wagetrail::question {

/// Looks on every ledger of the home. Open: nothing is of that form, or nothing of it is on a
/// chain. invalid: the text is empty or too long.
[[nodiscard]] Expected<Answered> search(Home& home, const Pins& pins, const std::string& text);

}  // namespace wagetrail::question
