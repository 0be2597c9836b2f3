// Answers of `lists lint` and `lists search`.
#pragma once

#include "index/lists/lint.h"
#include "index/lists/search.h"

#include "heuristics/report/envelope.h"
#include "heuristics/report/signed_report.h"

#include <cstddef>
#include <vector>

namespace wagetrail::report {

/// The JSON has every item of an anomaly, the text the first few.
[[nodiscard]] Answer lint_answer(const lists::Publication& now,
                                 const lists::Publication* previous,
                                 const lists::Lint& lint);
[[nodiscard]] Answer verified_answer(const Verified& verified);

[[nodiscard]] Answer search_answer(const lists::SearchRequest& request,
                                   const std::vector<lists::SearchHit>& hits,
                                   std::size_t limit);

}  // namespace wagetrail::report
