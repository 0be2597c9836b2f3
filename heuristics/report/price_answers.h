// Answers about prices: what was imported, and where they have gaps.
#pragma once

#include "index/prices/price_store.h"

#include "heuristics/report/envelope.h"

#include <vector>

namespace wagetrail::report {

[[nodiscard]] Answer price_import_answer(const prices::ImportedSeries& imported);
[[nodiscard]] Answer price_series_answer(const std::vector<prices::StoredSeries>& all);

}  // namespace wagetrail::report
