// Files that users hand in beside their question: read whole, with a bound, before they are parsed.
#pragma once

#include "index/prices/price_series.h"

#include "heuristics/question/named_files.h"
#include "heuristics/trace/services.h"

#include <optional>
#include <string>

namespace wagetrail::question {

/// invalid when there is no such file, limit above 256 MiB.
[[nodiscard]] Expected<std::string> table_text(const std::string& path);

struct LabelledServices {
    std::optional<Services> services;  // borrows the clusters
    std::string sha256;                // of the table; empty without one
};
/// path empty: none.
[[nodiscard]] Expected<LabelledServices> load_services(const index::LedgerView& view,
                                                       Clusters& clusters,
                                                       NamedFiles& files,
                                                       const std::string& path);

struct PriceTable {
    std::optional<prices::PriceSeries> prices;
    std::string source;
    std::string sha256;              // of the table; empty without one
    std::optional<Time> known_from;  // of imported ones
};
/// path empty: none.
[[nodiscard]] Expected<PriceTable> load_prices(const std::string& path);

}  // namespace wagetrail::question
