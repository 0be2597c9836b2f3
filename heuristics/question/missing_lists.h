// Which editions of lists an answer rests on and a registry lacks, as the commands that bring them:
// an answer comes out the same only where each is known since when the answer had it.
#pragma once

#include "heuristics/question/home.h"
#include "heuristics/report/envelope.h"

#include <span>
#include <string>

namespace wagetrail::question {

/// Lines for people, each with its end; empty when all are at hand. The pins may be anybody's.
[[nodiscard]] Expected<std::string> missing_lists(const Home& home,
                                                  std::span<const report::ListPin> pins);

}  // namespace wagetrail::question
