#include "index/lists/import.h"

#include "index/lists/sqlite.h"

#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/index/lists/ofac_document.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {
namespace {

constexpr const char* kBitcoin = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h";
constexpr const char* kLitecoin = "LeKvNdNEzgQkzVVnRdV3fAu2DSF1nLsNw6";
constexpr const char* kTron = "TRLbfGPruBY6cMmRk5iee1X4CpX3TJQ1wz";

ImportRequest request(const std::filesystem::path& file, std::string_view published) {
    return {.list = "ofac-sdn",
            .file = file,
            .known_from = at("2025-11-01"),
            .published = published.empty() ? std::nullopt : std::optional(at(published))};
}

OfacDocument parties(std::size_t count, std::string issued) {
    OfacDocument document;
    document.issued = std::move(issued);
    for (std::size_t i = 0; i < count; ++i)
        document.parties.push_back({.id = std::to_string(100 + i),
                                    .name = "Party " + std::to_string(i),
                                    .designated = "2020-01-01",
                                    .addresses = {}});
    return document;
}

std::string error_of(Registry& registry, const ImportRequest& wanted) {
    const auto summary = import_list(registry, wanted);
    return summary ? "" : summary.error().what;
}

bool has_warning(const ImportSummary& summary, const std::string& part) {
    for (const std::string& warning : summary.snapshot.warnings)
        if (warning.find(part) != std::string::npos) return true;
    return false;
}

}  // namespace

TEST_CASE("import: the summary counts rows, addresses and parties", "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    OfacDocument document = parties(3, "2025-10-14");
    document.parties[0].addresses = {{"XBT", kBitcoin}, {"USDT", kBitcoin}, {"XBT", kBitcoin}};
    document.parties[1].addresses = {{"XBT", kBitcoin}, {"TRX", kTron}};
    const auto summary = imported(registry, request(folder.write("sdn.xml", document.text()), ""));
    REQUIRE(summary.snapshot.published == at("2025-10-14"));
    REQUIRE(summary.snapshot.kind == FileKind::ofac_advanced);
    REQUIRE(summary.snapshot.counts ==
            SnapshotCounts{
                .parties = 3, .listed_parties = 2, .rows = 3, .addresses = 2, .unrecognised = 0});
    REQUIRE_FALSE(summary.previous);
    REQUIRE(summary.diff.added.size() == 4);  // per party
    REQUIRE(summary.diff.parties.size() == 2);
    REQUIRE(summary.snapshot.warnings.empty());
}

TEST_CASE("import: the same bytes again change nothing and say so", "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    const auto file = folder.write("a.txt", std::string(kBitcoin) + "\n");
    const auto first = imported(registry, request(file, "2025-01-01"));
    const auto again = imported(registry, request(file, "2025-02-02"));
    REQUIRE_FALSE(first.already_there);
    REQUIRE(again.already_there);
    REQUIRE(again.snapshot == first.snapshot);
    REQUIRE(registry.snapshots()->size() == 1);
}

TEST_CASE("import: claims that cannot be and tickers never seen are warnings", "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    OfacDocument document = parties(1, "2025-10-14");
    document.parties[0].addresses = {{"XBT", kTron}, {"XYZ", kBitcoin}, {"ETH", "0x12"}};
    const auto summary = imported(registry, request(folder.write("sdn.xml", document.text()), ""));
    REQUIRE(summary.unknown_tickers == std::vector<std::string>{"XYZ"});
    REQUIRE(has_warning(summary,
                        "1 address listed as XBT but of the form of tron: " + std::string(kTron)));
    REQUIRE(has_warning(summary, "1 address of no form we know, or with a wrong checksum: 0x12"));
    REQUIRE(has_warning(summary, "tickers never seen before: XYZ"));
    REQUIRE(summary.snapshot.counts.unrecognised == 1);
}

TEST_CASE("import: a file without an address or a party is refused", "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    for (const std::string& text :
         {std::string(), std::string("# nobody\n\n"), std::string("address,name\n")}) {
        INFO(text);
        ImportRequest wanted = request(folder.write("empty", text), "");
        wanted.shrink = ShrinkGuard::accept;
        REQUIRE_THAT(error_of(registry, wanted),
                     Catch::Contains("empty holds no address; a failed download?"));
    }
    REQUIRE(registry.snapshots()->empty());
    // Parties without an address are a list all the same.
    const auto some =
        imported(registry, request(folder.write("some", parties(1, "2025-10-01").text()), ""));
    REQUIRE(has_warning(some, "the list has no address at all"));
}

TEST_CASE("import: a list that loses more than 5 % of its parties is refused unless accepted",
          "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    static_cast<void>(
        imported(registry, request(folder.write("a.xml", parties(100, "2025-10-01").text()), "")));
    const auto smaller = folder.write("b.xml", parties(94, "2025-10-02").text());
    REQUIRE_THAT(error_of(registry, request(smaller, "")),
                 Catch::Contains("shrank from 100 to 94 parties"));
    REQUIRE(registry.snapshots()->size() == 1);
    ImportRequest accepted = request(smaller, "");
    accepted.shrink = ShrinkGuard::accept;
    static_cast<void>(imported(registry, accepted));
    // 90 is more than 95 % of 94.
    static_cast<void>(
        imported(registry, request(folder.write("c.xml", parties(90, "2025-10-03").text()), "")));
}

TEST_CASE("import: fewer addresses alone are imported, and the removed ones named",
          "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    OfacDocument document = parties(30, "2025-03-04");
    document.parties[0].addresses = {{"XBT", kBitcoin}, {"LTC", kLitecoin}};
    document.parties[1].addresses = {{"TRX", kTron}, {"USDT", kTron}};
    static_cast<void>(imported(registry, request(folder.write("a.xml", document.text()), "")));
    document.issued = "2025-03-21";
    document.parties[0].addresses.pop_back();
    document.parties[1].addresses.pop_back();
    const auto summary = imported(registry, request(folder.write("b.xml", document.text()), ""));
    REQUIRE(summary.previous->published == at("2025-03-04"));
    REQUIRE(summary.diff.removed.size() == 2);
    REQUIRE(summary.diff.added.empty());
    REQUIRE(summary.diff.removed_addresses == std::vector<std::string>{kLitecoin});
    REQUIRE(has_warning(summary, "1 address is no longer on the list: " + std::string(kLitecoin)));
    // All of them at once is no delisting, it is a broken file.
    document.issued = "2025-03-22";
    document.parties[0].addresses.clear();
    document.parties[1].addresses.clear();
    REQUIRE_THAT(error_of(registry, request(folder.write("c.xml", document.text()), "")),
                 Catch::Contains("shrank from 2 to 0 addresses"));
}

TEST_CASE("import: another spelling is a re-spelling, not a removal", "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    OfacDocument document = parties(2, "2022-11-01");
    document.parties[0].addresses = {{"ETH", "0x4f47BC496083C727C5FBE3CE9CDF2B0F6496270C"}};
    static_cast<void>(imported(registry, request(folder.write("a.xml", document.text()), "")));
    document.issued = "2022-11-08";
    document.parties[0].addresses = {{"ETH", "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c"}};
    document.parties[0].name = "New Name";
    document.parties[0].program = "CYBER2";
    const auto summary = imported(registry, request(folder.write("b.xml", document.text()), ""));
    REQUIRE(summary.diff.added.empty());
    REQUIRE(summary.diff.removed.empty());
    REQUIRE(summary.diff.removed_addresses.empty());
    REQUIRE(summary.diff.respelled.size() == 1);
    REQUIRE(summary.diff.respelled[0].after.address_text ==
            "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c");
    REQUIRE(summary.diff.parties.size() == 1);
    REQUIRE(summary.diff.parties[0].kind == PartyChangeKind::changed);
    REQUIRE(summary.diff.parties[0].details ==
            "name: Party 0 -> New Name; programs: DPRK3 -> CYBER2");
    // Backwards it is the same story the other way round.
    const auto all = *registry.snapshots();
    const auto back = diff(registry, all.at(1), all.at(0));
    REQUIRE(back);
    REQUIRE(back->respelled.size() == 1);
    REQUIRE(diff(registry, all.at(0), all.at(0))->empty());
}

TEST_CASE("import: an older snapshot is compared with none younger", "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    static_cast<void>(
        imported(registry, request(folder.write("a.xml", parties(100, "2025-10-01").text()), "")));
    const auto older =
        imported(registry, request(folder.write("b.xml", parties(10, "2020-01-01").text()), ""));
    REQUIRE_FALSE(older.previous);
}

TEST_CASE("import: dates that contradict are refused, early knowledge is told", "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    const auto file = folder.write("a.xml", parties(2, "2025-10-14").text());
    REQUIRE_THAT(error_of(registry, request(file, "2025-10-15")),
                 Catch::Contains("states that it was issued on 2025-10-14"));
    ImportRequest early = request(file, "2025-10-14");
    early.known_from = at("2025-10-13");
    REQUIRE(has_warning(imported(registry, early), "before it was published"));
}

TEST_CASE("import: a plain list is published when it was known, unless told", "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    ImportRequest plain = request(folder.write("a.txt", kBitcoin), "");
    plain.ledger = LedgerId::ltc;
    const auto summary = imported(registry, plain);
    REQUIRE(summary.snapshot.published == plain.known_from);
    REQUIRE(summary.snapshot.counts.parties == 0);
    REQUIRE(summary.snapshot.counts.listed_parties == 0);
    REQUIRE(summary.diff.added.at(0).ticker == "ltc");
    REQUIRE(has_warning(summary, "listed as ltc but of the form of btc"));
}

TEST_CASE("import: what cannot be a list leaves the registry as it was", "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    static_cast<void>(imported(registry, request(folder.write("a.txt", kBitcoin), "2025-01-01")));
    REQUIRE_THAT(error_of(registry, request(folder.write("b.txt", "{\n\"a\":1\n}\n"), "")),
                 Catch::Contains("nothing in it is an address"));
    const std::string whole = parties(2, "2025-10-14").text();
    REQUIRE_THAT(error_of(registry, request(folder.write("c.xml", whole.substr(0, 900)), "")),
                 Catch::Contains("c.xml: line 1, column"));
    ImportRequest unnamed = request(folder.path("a.txt"), "");
    unnamed.list = "No Good";
    REQUIRE_THAT(error_of(registry, unnamed), Catch::Contains("cannot name a list"));
    REQUIRE(registry.snapshots()->size() == 1);
}

TEST_CASE("import: a disk error in the middle leaves nothing behind", "[lists][import]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    static_cast<void>(imported(registry, request(folder.write("a.txt", kBitcoin), "2025-01-01")));
    // The last table that an import writes fails.
    REQUIRE(
        registry.database().run("CREATE TRIGGER broken BEFORE INSERT ON lists_entry WHEN (SELECT "
                                "count(*) FROM lists_entry) "
                                "> 1 BEGIN SELECT raise(ABORT, 'the disk is on fire'); END"));
    const auto file =
        folder.write("b.txt", std::string(kBitcoin) + "\n" + kLitecoin + "\n" + kTron + "\n");
    REQUIRE_THAT(error_of(registry, request(file, "2025-02-01")),
                 Catch::Contains("the disk is on fire"));
    REQUIRE(registry.database().run("DROP TRIGGER broken"));
    REQUIRE(registry.snapshots()->size() == 1);
    REQUIRE(imported(registry, request(file, "2025-02-01")).diff.added.size() == 2);
}

}  // namespace wagetrail::lists
