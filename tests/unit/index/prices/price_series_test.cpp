#include "index/prices/price_series.h"

#include "chain/base/sha256.h"

#include "index/prices/price_store.h"

#include "tests/unit/index/lists/list_folder.h"

#include <catch2/catch.hpp>

namespace wagetrail::prices {
namespace {

using lists::at;

}  // namespace

TEST_CASE("prices: of a day, to the millionth of a dollar", "[prices]") {
    const auto series = PriceSeries::of_table(
        "date,open,close\n2024-01-01,1,42280.2399999\n2024-01-02,1,0\n2024-01-03,1,0.00000159\n");
    REQUIRE(series);
    CHECK(series->step_seconds() == kDaySeconds);
    CHECK(series->micros_at(at("2024-01-01T23:59:59Z")) == 42'280'239'999U);
    CHECK(series->cents_at(at("2024-01-01")) == 4'228'023U);
    CHECK_FALSE(series->micros_at(at("2024-01-02")));  // no coin is worth nothing
    CHECK(series->micros_at(at("2024-01-03T12:00:00Z")) == 1U);
    CHECK_FALSE(series->cents_at(at("2024-01-03")));
    CHECK_FALSE(series->micros_at(at("2023-12-31T23:59:59Z")));
    CHECK(series->gaps() == std::vector{Gap{at("2024-01-02"), at("2024-01-02")}});
}

TEST_CASE("prices: by the hour when a row names one", "[prices]") {
    const auto series = PriceSeries::of_table(
        "timestamp,price\n1704067200,1.5\n2024-01-01T05:00:00Z,3\n2024-01-01T06:00:00Z,\n",
        "price");
    REQUIRE(series);
    CHECK(series->step_seconds() == kHourSeconds);
    CHECK(series->micros_at(at("2024-01-01T00:59:59Z")) == 1'500'000U);
    CHECK_FALSE(series->micros_at(at("2024-01-01T01:00:00Z")));
    CHECK(series->points().size() == 2);  // an empty price is none
    CHECK(series->gaps() ==
          std::vector{Gap{at("2024-01-01T01:00:00Z"), at("2024-01-01T04:00:00Z")}});
}

TEST_CASE("prices: what is none says where", "[prices]") {
    const auto error_of = [](std::string_view csv) {
        const auto series = PriceSeries::of_table(csv);
        REQUIRE_FALSE(series);
        return series.error().what;
    };
    CHECK(error_of("date,close\n2024-13-01,1\n").starts_with("line 2: "));
    CHECK(error_of("date,close\n2024-01-01,1\n2024-01-02,-1\n").starts_with("line 3: "));
    CHECK(error_of("date,close\n2024-01-01,9999999999\n").starts_with("line 2: "));
    CHECK(error_of("time,close\n2024-01-01T00:30:00Z,1\n").find("no full hour") !=
          std::string::npos);
    CHECK(error_of("date,open\n2024-01-01,1\n").find("no column close") != std::string::npos);
    CHECK(error_of("date,close\n").find("no row has a price") != std::string::npos);
    CHECK(error_of("").find("empty") != std::string::npos);
}

TEST_CASE("prices: what the series imported last lacks is taken from the one before it",
          "[prices]") {
    const lists::ListFolder folder;
    lists::Registry registry = folder.registry();
    std::vector<std::string> hashes;
    const auto import = [&](const std::string& name, const std::string& csv, const char* known) {
        const auto imported = import_prices(registry, {.file = folder.write(name, csv),
                                                       .asset = "btc",
                                                       .source = {},
                                                       .known_from = at(known)});
        REQUIRE(imported);
        hashes.push_back(imported->series.sha256);
    };
    import("full.csv", "date,close\n2024-01-01,10\n2024-01-02,11\n2024-01-03,12\n", "2024-02-01");
    import("useless.csv", "date,close\n2024-01-02,99\n", "2024-02-02");
    import("sparse.csv", "date,close\n2024-01-02,0\n2024-01-03,20\n2024-01-05,21\n", "2024-02-03");
    const auto loaded = load_prices(registry, "btc", std::nullopt);
    REQUIRE((loaded && *loaded));
    const PriceSeries& series = (*loaded)->series;
    CHECK(series.micros_at(at("2024-01-01")) == 10'000'000U);
    CHECK(series.micros_at(at("2024-01-02")) == 99'000'000U);
    CHECK(series.micros_at(at("2024-01-03")) == 20'000'000U);
    CHECK_FALSE(series.micros_at(at("2024-01-04")));  // no price of another day is taken
    CHECK((*loaded)->about.source == "sparse.csv, else useless.csv, else full.csv");
    CHECK((*loaded)->about.sha256 == sha256_hex(hashes[2] + "\n" + hashes[1] + "\n" + hashes[0]));
    CHECK((*loaded)->about.known_from == at("2024-02-03"));

    // One that has all of them stands alone again; so does what was known before.
    import("all.csv", "date,close\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n2024-01-05,4\n",
           "2024-02-04");
    const auto whole = load_prices(registry, "btc", std::nullopt);
    REQUIRE((whole && *whole));
    CHECK((*whole)->about.source == "all.csv");
    CHECK((*whole)->about.sha256 == hashes[3]);
    const auto then = load_prices(registry, "btc", at("2024-02-01"));
    REQUIRE((then && *then));
    CHECK((*then)->about.source == "full.csv");
}

TEST_CASE("prices: hours that an hourly series lacks are taken from days", "[prices]") {
    PriceSeries hours(kHourSeconds);
    hours.add(at("2024-01-01T05:00:00Z"), 5);
    PriceSeries days(kDaySeconds);
    days.add(at("2024-01-01"), 1);
    hours.fall_back_on(days);
    CHECK(hours.micros_at(at("2024-01-01T05:30:00Z")) == 5U);
    CHECK(hours.micros_at(at("2024-01-01T06:00:00Z")) == 1U);
    CHECK_FALSE(hours.micros_at(at("2024-01-02T00:00:00Z")));
}

TEST_CASE("prices: the series imported last counts, as far as it was known", "[prices]") {
    const lists::ListFolder folder;
    lists::Registry registry = folder.registry();
    const auto import = [&](const std::string& name, const std::string& csv, const char* known) {
        return import_prices(registry, {.file = folder.write(name, csv),
                                        .asset = "BTC",
                                        .source = {},
                                        .known_from = at(known)});
    };
    REQUIRE_FALSE(load_prices(registry, "btc", std::nullopt)->has_value());
    const auto first = import("a.csv", "date,close\n2024-01-01,10\n", "2024-02-01");
    REQUIRE(first);
    CHECK(first->series.asset == "btc");
    CHECK(first->series.source == "a.csv");
    REQUIRE(import("b.csv", "date,close\n2024-01-01,20\n2024-01-05,21\n", "2024-03-01"));
    CHECK(import("c.csv", "date,close\n2024-01-01,10\n", "2024-04-01")->already_there);

    const auto now = load_prices(registry, "btc", std::nullopt);
    REQUIRE((now && *now));
    CHECK((*now)->series.micros_at(at("2024-01-01")) == 20'000'000U);
    CHECK((*now)->about.gaps.size() == 1);
    const auto then = load_prices(registry, "btc", at("2024-02-15"));
    REQUIRE((then && *then));
    CHECK((*then)->series.micros_at(at("2024-01-01")) == 10'000'000U);
    CHECK_FALSE(load_prices(registry, "btc", at("2024-01-15"))->has_value());
    CHECK_FALSE(load_prices(registry, "ltc", std::nullopt)->has_value());
    CHECK(stored_series(registry)->size() == 2);
    CHECK_FALSE(import_prices(
        registry,
        {.file = folder.path("a.csv"), .asset = "b t c", .source = {}, .known_from = {}}));
    CHECK_FALSE(import_prices(
        registry, {.file = folder.path("no.csv"), .asset = "btc", .source = {}, .known_from = {}}));
}

}  // namespace wagetrail::prices
