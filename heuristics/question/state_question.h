// How far the indexes of a home are.
#pragma once

#include "heuristics/question/answered.h"
#include "heuristics/question/home.h"

namespace wagetrail::question {

/// The ledgers a word names: that one, or all indexed ones for an empty word; not_found when there
/// is none.
[[nodiscard]] Expected<std::vector<LedgerId>> ledgers_asked(const Home& home,
                                                            const std::string& ledger);

/// now: for how far behind it is.
[[nodiscard]] Expected<Answered> status(Home& home, const std::string& ledger, Time now);

}  // namespace wagetrail::question
