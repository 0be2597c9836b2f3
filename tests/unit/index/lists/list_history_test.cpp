#include "index/lists/list_history.h"

#include "index/lists/import.h"
#include "index/lists/list_diff.h"
#include "index/lists/list_view.h"

#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/index/lists/ofac_document.h"
#include "tests/unit/shared_data.h"

#include <catch2/catch.hpp>

#include <set>

namespace wagetrail::lists {
namespace {

constexpr const char* kHeader =
    "address,ticker,party_fixed_ref,primary_name,programs,party_listed,first_seen_list_date,"
    "removed_by_list_date\n";
constexpr const char* kOld = "1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ";
constexpr const char* kNew = "12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S";

std::string row(const std::string& address, const std::string& seen, const std::string& removed) {
    return address + ",XBT,43377,Kim,DPRK4,2023-05-23," + seen + "," + removed + "\n";
}

Expected<ListHistory> parse(const std::string& rows) {
    HistoryParser parser;
    TRY(parser.feed(kHeader + rows));
    return parser.finish();
}

std::string error_of(const std::string& rows) {
    const auto history = parse(rows);
    return history ? "" : history.error().what;
}

ImportRequest request(const std::filesystem::path& file) {
    return {.list = "ofac-sdn", .file = file, .known_from = at("2026-01-01")};
}

ListView view_of(const Registry& registry) {
    auto view = ListView::load(
        registry,
        {.ledger = LedgerId::btc, .as_of = at("2026-02-01"), .known_at = at("2026-02-01")});
    if (!view) FAIL(view.error().what);
    return *std::move(view);
}

Listing listing(const ListView& view, std::string_view address) {
    const auto parsed = parse_address(LedgerId::btc, address);
    REQUIRE(parsed);
    const auto listings = view.listings_of(*parsed);
    REQUIRE(listings.size() == 1);
    return listings[0];
}

}  // namespace

TEST_CASE("history: each version says what stood on the list", "[lists][history]") {
    const auto history =
        parse(row(kOld, "<=2024-05-29", "2025-03-21") + row(kNew, "2025-03-04", ""));
    REQUIRE(history);
    REQUIRE(history->versions ==
            std::set<Time>{at("2024-05-29"), at("2025-03-04"), at("2025-03-21")});
    REQUIRE(history->at(at("2024-05-29")).size() == 1);
    REQUIRE(history->at(at("2025-03-04")).size() == 2);
    REQUIRE(history->at(at("2025-03-21")).size() == 1);
    REQUIRE(history->parties.size() == 1);
    REQUIRE(history->parties[0].designated_on == at("2023-05-23"));
}

TEST_CASE("history: the clocks narrow to the versions around each change", "[lists][history]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    // The list's own file knows only that both were there in October.
    OfacDocument own{.issued = "2025-10-14",
                     .parties = {{.id = "43377",
                                  .name = "Kim",
                                  .designated = "2023-05-23",
                                  .addresses = {{"XBT", kNew}}}}};
    static_cast<void>(imported(registry, request(folder.write("own.xml", own.text()))));
    REQUIRE(listing(view_of(registry), kNew).published == Interval{std::nullopt, at("2025-10-14")});

    const auto summary = imported(
        registry, request(folder.write("h.csv", kHeader + row(kOld, "<=2024-05-29", "2025-03-21") +
                                                    row(kNew, "2025-03-04", "") +
                                                    row("1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
                                                        "2025-04-02", "2025-10-14"))));
    REQUIRE(summary.versions.size() == 5);
    REQUIRE(summary.snapshot.published == at("2025-10-14"));
    REQUIRE(summary.snapshot.warnings.empty());
    const ListView view = view_of(registry);
    REQUIRE(listing(view, kNew).published == Interval{at("2024-05-29"), at("2025-03-04")});
    REQUIRE_FALSE(listing(view, kNew).removed);
    REQUIRE(listing(view, kOld).published == Interval{std::nullopt, at("2024-05-29")});
    REQUIRE(listing(view, kOld).removed == Interval{at("2025-03-04"), at("2025-03-21")});
    REQUIRE(registry.find("ofac-sdn")->kind == FileKind::ofac_advanced);
    REQUIRE(registry.find("ofac-sdn@2025-10-14")->kind == FileKind::ofac_advanced);
    REQUIRE(registry.find("ofac-sdn@2025-03-04")->kind == FileKind::history);
}

TEST_CASE("history: nothing was known before its version, nor before we had it",
          "[lists][history]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    ImportRequest early =
        request(folder.write("h.csv", kHeader + row(kOld, "<=2024-05-29", "2025-03-21")));
    early.known_from = at("2024-06-01");
    const auto summary = imported(registry, early);
    REQUIRE(summary.versions.at(0).known_from == at("2024-06-01"));
    REQUIRE(summary.versions.at(1).known_from == at("2025-03-21"));
    REQUIRE(imported(registry, early).already_there);
    REQUIRE(registry.snapshots()->size() == 2);
}

TEST_CASE("history: it is no base for comparing sizes, and contradictions are told",
          "[lists][history]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    OfacDocument own{.issued = "2025-03-04",
                     .parties = {{.id = "43377",
                                  .name = "Kim",
                                  .designated = "2023-05-23",
                                  .addresses = {{"XBT", kNew}}}}};
    static_cast<void>(imported(registry, request(folder.write("own.xml", own.text()))));
    const auto summary =
        imported(registry, request(folder.write("h.csv", kHeader + row(kOld, "2025-03-04", ""))));
    REQUIRE_THAT(
        summary.snapshot.warnings.at(0),
        Catch::Contains("contradicts the list's own file of 2025-03-04 about 2 addresses"));
    own.issued = "2025-03-05";
    const auto next = imported(registry, request(folder.write("next.xml", own.text())));
    REQUIRE(next.previous->kind == FileKind::ofac_advanced);
}

TEST_CASE("history: rows that contradict themselves are refused with their place",
          "[lists][history]") {
    REQUIRE_THAT(error_of(row(kOld, "2025-03-04", "2025-03-04")),
                 Catch::Contains("line 2, column") && Catch::Contains("before it was first seen"));
    REQUIRE_THAT(error_of(row(kOld, "", "")), Catch::Contains("first seen"));
    REQUIRE_THAT(error_of(row(kOld, "04.03.2025", "")), Catch::Contains("is not a time"));
    REQUIRE_THAT(error_of(row(kOld, "<=2025-03-04", "") + row(kNew, "<=2025-03-05", "")),
                 Catch::Contains("two different versions"));
    REQUIRE_THAT(error_of(row(kOld, "<=2025-03-04", "") + row(kNew, "2024-03-05", "")),
                 Catch::Contains("claim the first version"));
    REQUIRE_THAT(error_of(row("", "2025-03-04", "")), Catch::Contains("no address"));
    REQUIRE_THAT(error_of(""), Catch::Contains("no row"));
    REQUIRE_THAT(error_of("a,b\n"), Catch::Contains("the row has 2 fields"));
    HistoryParser headless;
    const auto fed = headless.feed("address,first_seen_list_date\n");
    REQUIRE_FALSE(fed);
    REQUIRE_THAT(fed.error().what, Catch::Contains("needs a column \"ticker\""));
}

TEST_CASE("history: one with more versions than any list ends the import", "[lists][history]") {
    std::string rows;
    for (int day = 0; day <= 1000; ++day)
        rows += row(kOld, date_text(Time{1'500'000'000 + day * 86'400}), "");
    REQUIRE_THAT(error_of(rows), Catch::Contains("longer than that of any list"));
}

TEST_CASE("history: OFAC's has 714 rows on 2025-03-04 and loses 90 on 2025-03-21",
          "[lists][history][real]") {
    const auto file = shared_data("sanctions/ofac-crypto-history.csv");
    if (!file) return;
    const ListFolder folder;
    Registry registry = folder.registry();
    const auto summary = imported(registry, request(*file));
    REQUIRE(summary.unknown_tickers.empty());
    REQUIRE(summary.snapshot.counts.rows == 667);
    REQUIRE(registry.find("ofac-sdn@2025-03-04")->counts.rows == 714);
    REQUIRE(registry.find("ofac-sdn@2025-03-21")->counts.rows == 624);
    const auto removals = diff(registry, *registry.find("ofac-sdn@2025-03-04"),
                               *registry.find("ofac-sdn@2025-03-21"));
    REQUIRE(removals);
    REQUIRE(removals->removed.size() == 90);
    REQUIRE(removals->added.empty());
    REQUIRE(removals->respelled.empty());
}

}  // namespace wagetrail::lists
