// Policies as the asker names them.
#pragma once

#include "heuristics/trace/walk.h"

#include <string>
#include <vector>

namespace wagetrail::question {

/// invalid: a word comes twice, or stands beside "all": its figures would be counted twice.
[[nodiscard]] Expected<void> check_each_once(const std::vector<std::string>& words);

/// In their order; "all": every one that goes in that direction. invalid: as above, or a word is
/// none or does not go in that direction.
[[nodiscard]] Expected<std::vector<Policy>> policies_named(const std::vector<std::string>& words,
                                                           Direction direction);

}  // namespace wagetrail::question
