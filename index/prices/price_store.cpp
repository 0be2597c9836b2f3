#include "index/prices/price_store.h"

#include "chain/base/sha256.h"

#include "index/lists/printable.h"
#include "index/lists/sqlite.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace wagetrail::prices {
namespace {

using lists::Sqlite;
using lists::SqliteTransaction;

constexpr std::int64_t kPricesFormat = 1;
constexpr std::uintmax_t kFileBytesMax = std::uintmax_t{64} << 20U;

// at: seconds since 1970; micros: millionths of a dollar per coin.
constexpr const char* kSchema = R"sql(
CREATE TABLE prices_series (
    id INTEGER PRIMARY KEY,
    asset TEXT NOT NULL,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    step INTEGER NOT NULL,
    known_from INTEGER NOT NULL,
    UNIQUE (asset, sha256)
);
CREATE TABLE prices_point (
    series INTEGER NOT NULL REFERENCES prices_series (id),
    at INTEGER NOT NULL,
    micros INTEGER NOT NULL,
    PRIMARY KEY (series, at)
) WITHOUT ROWID;
)sql";

Expected<bool> has_prices(Sqlite& database) {
    auto format = TRY(database.prepare("SELECT number FROM format WHERE part = 'prices'"));
    if (!TRY(format.step())) return false;
    if (format.integer(0) == kPricesFormat) return true;
    return fail(ErrorCode::invalid,
                database.path() + " keeps prices in format " + std::to_string(format.integer(0)) +
                    ", this program reads format " + std::to_string(kPricesFormat));
}

Expected<void> ensure_prices(Sqlite& database) {
    if (TRY(has_prices(database))) return {};
    TRY(database.run(kSchema));
    auto format = TRY(database.prepare("INSERT INTO format VALUES ('prices', ?)"));
    return format.bind(kPricesFormat).run();
}

Expected<std::string> whole_file(const std::filesystem::path& file) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    if (error)
        return fail(ErrorCode::not_found, "cannot read " + file.string() + ": " + error.message());
    if (size > kFileBytesMax)
        return fail(ErrorCode::limit, file.string() + " is larger than 64 MiB");
    std::ifstream in(file, std::ios::binary);
    std::string out(std::istreambuf_iterator<char>(in), {});
    if (!in) return fail(ErrorCode::io, file.string() + " cannot be read");
    return out;
}

Expected<std::string> asset_name(const std::string& word) {
    std::string asset = lists::ascii_lower(word);
    const bool fits =
        !asset.empty() && asset.size() <= 16 &&
        asset.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string::npos;
    if (fits) return asset;
    return fail(ErrorCode::invalid, "\"" + lists::printable_line(word) +
                                        "\" is no symbol of a coin, such as btc or ltc");
}

Expected<PriceSeries> points_of(Sqlite& database, const StoredSeries& stored) {
    PriceSeries series(stored.step_seconds);
    auto rows =
        TRY(database.prepare("SELECT at, micros FROM prices_point WHERE series = ? ORDER BY at"));
    rows.bind(stored.row);
    while (TRY(rows.step())) {
        if (rows.integer(1) < 0)
            return fail(ErrorCode::corrupt, "a price in the registry is damaged");
        series.add(Time{rows.integer(0)}, static_cast<std::uint64_t>(rows.integer(1)));
    }
    if (series.points().empty())
        return fail(ErrorCode::corrupt, "a series of prices in the registry is empty");
    return series;
}

void describe(StoredSeries& stored, const PriceSeries& series) {
    stored.first = Time{series.points().begin()->first};
    stored.last = Time{series.points().rbegin()->first};
    stored.points = series.points().size();
    stored.gaps = series.gaps();
}

/// Without what describe() finds.
Expected<std::vector<StoredSeries>> rows_of(Sqlite& database) {
    std::vector<StoredSeries> all;
    if (!TRY(has_prices(database))) return all;
    auto rows = TRY(
        database.prepare("SELECT id, asset, source, sha256, step, known_from FROM prices_series "
                         "ORDER BY asset, id"));
    while (TRY(rows.step())) {
        StoredSeries one{.row = rows.integer(0),
                         .asset = std::string(rows.text(1)),
                         .source = std::string(rows.text(2)),
                         .sha256 = std::string(rows.text(3)),
                         .step_seconds = rows.integer(4),
                         .known_from = rows.time(5),
                         .first = {},
                         .last = {},
                         .points = 0,
                         .gaps = {}};
        if (one.step_seconds != kDaySeconds && one.step_seconds != kHourSeconds)
            return fail(ErrorCode::corrupt, "a series of prices in the registry is damaged");
        all.push_back(std::move(one));
    }
    return all;
}

/// Whether a price of the one is of a moment that the other has none of.
bool has_more(const PriceSeries& one, const PriceSeries& other) {
    for (const auto& [at, micros] : one.points())
        for (std::int64_t hour = at; hour < at + one.step_seconds(); hour += kHourSeconds)
            if (micros != 0 && !other.micros_at(Time{hour})) return true;
    return false;
}

Expected<std::int64_t> store(Sqlite& database,
                             const StoredSeries& stored,
                             const PriceSeries& series) {
    auto insert =
        TRY(database.prepare("INSERT INTO prices_series (asset, source, sha256, step, known_from) "
                             "VALUES (?, ?, ?, ?, ?)"));
    insert.bind(stored.asset).bind(stored.source).bind(stored.sha256);
    TRY(insert.bind(stored.step_seconds).bind(stored.known_from).run());
    const std::int64_t row = database.last_insert_id();
    auto point = TRY(database.prepare("INSERT INTO prices_point VALUES (?, ?, ?)"));
    for (const auto& [at, micros] : series.points())
        TRY(point.bind(row).bind(at).bind(static_cast<std::int64_t>(micros)).run());
    return row;
}

}  // namespace

Expected<ImportedSeries> import_prices(lists::Registry& registry, const PriceImport& request) {
    const std::string bytes = TRY(whole_file(request.file));
    auto series = PriceSeries::of_table(bytes, request.column);
    if (!series) return with_context(std::move(series).error(), request.file.string());
    ImportedSeries imported;
    imported.series.asset = TRY(asset_name(request.asset));
    imported.series.source = lists::printable_line(
        request.source.empty() ? request.file.filename().string() : request.source);
    imported.series.sha256 = sha256_hex(bytes);
    imported.series.step_seconds = series->step_seconds();
    imported.series.known_from = request.known_from;
    describe(imported.series, *series);
    Sqlite& database = registry.database();
    auto transaction = TRY(SqliteTransaction::write(database));
    TRY(ensure_prices(database));
    for (StoredSeries& known : TRY(rows_of(database))) {
        if (known.asset != imported.series.asset || known.sha256 != imported.series.sha256)
            continue;
        describe(known, *series);
        return ImportedSeries{.series = std::move(known), .already_there = true};
    }
    imported.series.row = TRY(store(database, imported.series, *series));
    TRY(transaction.commit());
    return imported;
}

Expected<std::vector<StoredSeries>> stored_series(const lists::Registry& registry) {
    Sqlite& database = registry.database();
    const auto moment = TRY(SqliteTransaction::read(database));
    auto all = TRY(rows_of(database));
    for (StoredSeries& stored : all) describe(stored, TRY(points_of(database, stored)));
    return all;
}

Expected<std::optional<LoadedPrices>> load_prices(const lists::Registry& registry,
                                                  std::string_view asset,
                                                  std::optional<Time> known_at) {
    Sqlite& database = registry.database();
    const auto moment = TRY(SqliteTransaction::read(database));
    std::vector<StoredSeries> known;
    for (StoredSeries& stored : TRY(rows_of(database)))
        if (stored.asset == asset && (!known_at || stored.known_from <= *known_at))
            known.push_back(std::move(stored));
    if (known.empty()) return std::optional<LoadedPrices>();
    LoadedPrices loaded{.about = std::move(known.back()), .series = PriceSeries(kDaySeconds)};
    known.pop_back();
    loaded.series = TRY(points_of(database, loaded.about));
    describe(loaded.about, loaded.series);
    std::string hashes = loaded.about.sha256;
    for (; !known.empty(); known.pop_back()) {
        const StoredSeries& older = known.back();
        const PriceSeries points = TRY(points_of(database, older));
        if (!has_more(points, loaded.series)) continue;
        loaded.series.fall_back_on(points);
        loaded.about.source += ", else " + older.source;
        loaded.about.known_from = std::max(loaded.about.known_from, older.known_from);
        hashes += "\n" + older.sha256;
        loaded.about.sha256 = sha256_hex(hashes);
    }
    return std::optional(std::move(loaded));
}

}  // namespace wagetrail::prices
