// Prices in the registry file, beside lists and labels. A series is immutable and named by the
// SHA-256 of its file. For each asset the one imported last counts; for a day or hour of which it
// has no price, the one imported before it, and so on.
#pragma once

#include "index/lists/registry.h"
#include "index/prices/price_series.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::prices {

/// What is kept of a series besides its points.
struct StoredSeries {
    std::int64_t row = 0;  // in the registry, private to it
    std::string asset;     // "btc"
    std::string source;    // the file's name, or what its importer called it
    std::string sha256;    // of the file
    std::int64_t step_seconds = kDaySeconds;
    Time known_from;
    Time first;
    Time last;
    std::uint64_t points = 0;
    std::vector<Gap> gaps;
};

struct PriceImport {
    std::filesystem::path file;
    std::string asset;  // as symbols of coins are written, in any case
    std::string column = "close";
    std::string source;  // empty: the file's name
    Time known_from;
};

struct ImportedSeries {
    StoredSeries series;
    bool already_there = false;
};

/// All or nothing. Errors name the file and the line. limit: a file beyond 64 MiB.
Expected<ImportedSeries> import_prices(lists::Registry& registry, const PriceImport& request);

/// By asset, then in the order of import.
Expected<std::vector<StoredSeries>> stored_series(const lists::Registry& registry);

struct LoadedPrices {
    /// Of the one imported last. With others behind it that have what it lacks, source names them
    /// all, sha256 is that of their hashes, one on each line, and known_from is the latest.
    StoredSeries about;
    PriceSeries series{kDaySeconds};
};

/// Those of the asset that count as known then (nullopt: now); none when none was imported.
Expected<std::optional<LoadedPrices>> load_prices(const lists::Registry& registry,
                                                  std::string_view asset,
                                                  std::optional<Time> known_at);

}  // namespace wagetrail::prices
