// The traps of published lists, each told once: what was published, how we read it, and what lint
// says about it.
#include "index/lists/lint.h"

#include "index/lists/import.h"
#include "index/lists/list_view.h"

#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/index/lists/ofac_document.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {
namespace {

constexpr const char* kTron = "TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq";
constexpr const char* kEvm = "0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c";
constexpr const char* kEvmCapitals = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
constexpr const char* kBitcoin = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h";
constexpr const char* kThree = "3F6bbvS1krsc1qR8FsbTDfYQyvkMm3QvmR";

using Rows = std::vector<std::pair<std::string, std::string>>;  // code, address

OfacDocument document(const Rows& rows, const std::string& issued = "2025-10-14") {
    return {.issued = issued,
            .parties = {{.id = "42498",
                         .name = "Sim Hyon Sop",
                         .designated = "2023-04-24",
                         .addresses = rows}}};
}

Publication published(const ListFolder& folder, const OfacDocument& list) {
    auto read = publication_of_file(folder.write(list.issued + ".xml", list.text()), "");
    if (!read) FAIL(read.error().what);
    return *std::move(read);
}

Publication published(const ListFolder& folder, const std::string& name, const std::string& text) {
    auto read = publication_of_file(folder.write(name, text), "");
    if (!read) FAIL(read.error().what);
    return *std::move(read);
}

std::vector<std::string> items(const Lint& found, std::string_view code) {
    for (const Anomaly& anomaly : found.anomalies)
        if (anomaly.code == code) return anomaly.items;
    return {};
}

using Items = std::vector<std::string>;

std::vector<std::string> items(const Rows& rows, std::string_view code) {
    const ListFolder folder;
    return items(lint(published(folder, document(rows)), nullptr), code);
}

}  // namespace

TEST_CASE("lint: a Tron address published as Bitcoin is a Tron address", "[lists][lint][trap]") {
    REQUIRE(recognise(kTron).family == "tron");
    REQUIRE(items(Rows{{"XBT", kTron}, {"XBT", kBitcoin}}, "code-contradicts-address") ==
            Items{std::string(kTron) + ": listed as XBT, has the form of tron"});
}

TEST_CASE("lint: USDT lives on three ledgers, and an Omni address is a Bitcoin key",
          "[lists][lint][trap]") {
    const Rows rows{{"USDT", kTron}, {"USDT", kEvm}, {"USDT", kBitcoin}};
    REQUIRE(items(rows, "code-on-several-ledgers") == Items{"USDT: 1 btc, 1 evm, 1 tron"});
    REQUIRE(items(rows, "code-contradicts-address").empty());
    REQUIRE(recognise(kBitcoin).readings.at(0).ledger == LedgerId::btc);
}

TEST_CASE("lint: one string under several codes is one address with several rows",
          "[lists][lint][trap]") {
    const Rows rows{{"ETH", kEvm}, {"USDC", kEvm}, {"USDT", kEvm}};
    const ListFolder folder;
    const Publication read = published(folder, document(rows));
    REQUIRE(read.counts.rows == 3);
    REQUIRE(read.counts.addresses == 1);
    REQUIRE(items(lint(read, nullptr), "address-under-several-codes") ==
            Items{std::string(kEvm) + ": ETH USDC USDT"});
}

TEST_CASE("lint: a code names a chain or an asset, an EVM key is the same on every chain",
          "[lists][lint][trap]") {
    const Rows rows{{"ARB", kEvm}, {"BSC", kEvm}, {"XBT", kBitcoin}};
    REQUIRE(items(rows, "account-on-every-evm-chain") ==
            Items{std::string(kEvm) + ": listed as ARB", std::string(kEvm) + ": listed as BSC"});
    REQUIRE(items(rows, "code-contradicts-address").empty());
}

TEST_CASE("lint: an address published again in lower case is re-spelled, not removed",
          "[lists][lint][trap]") {
    const ListFolder folder;
    std::string lower(kEvmCapitals);
    for (char& c : lower) c = static_cast<char>(std::tolower(c));
    const Publication before = published(folder, document({{"ETH", kEvmCapitals}}, "2022-11-07"));
    const Publication after = published(folder, document({{"ETH", lower}}, "2022-11-08"));
    const Lint found = lint(after, &before);
    REQUIRE(items(found, "respelled-since") == Items{std::string(kEvmCapitals) + " -> " + lower});
    REQUIRE(items(found, "removed-since").empty());
    REQUIRE(items(found, "capitals-missing") == Items{lower});
    REQUIRE(items(lint(before, nullptr), "capitals-missing").empty());
}

TEST_CASE("lint: base58 is case-sensitive, bech32 may stand in capitals", "[lists][lint][trap]") {
    const std::string bech32 = "bc1qwtz3zv95x2flu4w26kgfepf529z50r2sqc5zml";
    std::string upper = bech32;
    for (char& c : upper) c = static_cast<char>(std::toupper(c));
    REQUIRE(recognise(upper).key == recognise(bech32).key);
    REQUIRE(items(Rows{{"XBT", upper}}, "spelling-unusual") ==
            Items{upper + ": normally " + bech32});
    std::string lower(kBitcoin);
    for (char& c : lower) c = static_cast<char>(std::tolower(c));
    REQUIRE(items(Rows{{"XBT", lower}, {"XBT", kThree}}, "address-unreadable") == Items{lower});
}

TEST_CASE("lint: wrong checksums are told, and every reading of an ambiguous string",
          "[lists][lint][trap]") {
    std::string wrong(kEvmCapitals);
    wrong[5] = 'b';  // was a capital B
    const Rows rows{{"ETH", wrong}, {"ETH", kEvmCapitals}, {"LTC", kThree}, {"BCH", kBitcoin}};
    REQUIRE(items(rows, "capitals-wrong") == Items{wrong});
    REQUIRE(items(rows, "several-readings") ==
            Items{std::string(kBitcoin) + ": bch+btc", std::string(kThree) + ": btc+ltc"});
    REQUIRE(items(rows, "code-contradicts-address").empty());
    REQUIRE(items(Rows{{"XBT", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9i"}, {"XBT", kBitcoin}},
                  "address-unreadable") == Items{"12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9i"});
}

TEST_CASE("lint: a removal closes the interval and is told, nothing is deleted",
          "[lists][lint][trap]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    const OfacDocument first = document({{"XBT", kBitcoin}, {"XBT", kThree}}, "2024-01-10");
    const OfacDocument second = document({{"XBT", kThree}}, "2024-01-11");
    for (const OfacDocument& each : {first, second})
        static_cast<void>(
            imported(registry, {.list = "ofac",
                                .file = folder.write(each.issued + ".xml", each.text()),
                                .known_from = at("2024-02-01")}));
    const auto address = parse_address(LedgerId::btc, kBitcoin);
    const auto listings = listings_of(
        registry, *address,
        {.ledger = LedgerId::btc, .as_of = at("2024-02-01"), .known_at = at("2024-02-01")});
    REQUIRE(listings);
    REQUIRE(listings->at(0).removed == Interval{at("2024-01-10"), at("2024-01-11")});
    const Publication before = published(folder, first);
    REQUIRE(items(lint(published(folder, second), &before), "removed-since") ==
            Items{std::string(kBitcoin) + ": XBT of Sim Hyon Sop"});
}

TEST_CASE("lint: the namespace changed once and broke parsers; names are matched, and it is told",
          "[lists][lint][trap]") {
    const ListFolder folder;
    OfacDocument list = document({{"XBT", kBitcoin}});
    list.xmlns = "http://www.un.org/sanctions/1.0";
    REQUIRE(items(lint(published(folder, list), nullptr), "namespace-unknown").empty());
    list.xmlns = "https://example.org/NEW";
    for (const char* prefix : {"", "sdn:"}) {
        list.prefix = prefix;
        const Publication read = published(folder, list);
        REQUIRE(read.counts.rows == 1);
        REQUIRE(items(lint(read, nullptr), "namespace-unknown") ==
                Items{"https://example.org/NEW"});
    }
    // An encoding other than UTF-8 is the XML header's to say.
    list.declaration = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>";
    list.parties[0].name = "Jos\xE9";
    REQUIRE(published(folder, list).content.at(0).party.name == "José");
}

TEST_CASE("lint: a list below the size it always had looks like an excerpt",
          "[lists][lint][trap]") {
    const ListFolder folder;
    REQUIRE(items(Rows{{"XBT", kBitcoin}}, "parties-few") == Items{"1 parties"});
    OfacDocument many = document({{"XBT", kBitcoin}});
    for (int i = 0; i < 5'000; ++i)
        many.parties.push_back(
            {.id = std::to_string(100'000 + i), .name = "N", .designated = "", .addresses = {}});
    many.issued = "2025-10-13";
    const Publication before = published(folder, many);
    REQUIRE(items(lint(before, nullptr), "parties-few").empty());
    const Publication after = published(folder, document({{"XBT", kBitcoin}}));
    REQUIRE(items(lint(after, &before), "parties-shrunk") == Items{"5001 -> 1"});
}

TEST_CASE("lint: OFAC's CSV cuts addresses, so it is refused here, too", "[lists][lint][trap]") {
    const ListFolder folder;
    const auto refused = publication_of_file(
        folder.write("sdn.csv",
                     "36,\"AEROCARIBBEAN\",-0- ,\"CUBA\",\"Digital Currency Address - "
                     "ETH 0x2f389ce8bd8ff92de3\"\n"),
        "");
    REQUIRE_FALSE(refused);
    REQUIRE_THAT(refused.error().what, Catch::Contains("cut remarks at 1,000 characters"));
}

TEST_CASE("lint: a code that nobody expected is read all the same and told",
          "[lists][lint][trap]") {
    const Rows rows{{"NEWCOIN", kBitcoin}, {"SOL", "11111111111111111111111111111112"}};
    REQUIRE(items(rows, "code-unknown") == Items{"NEWCOIN: 1 row"});
    // One that the file declares without a row says that rows are coming.
    const ListFolder folder;
    Publication read = published(folder, document(rows));
    read.codes.insert("DOGE");
    REQUIRE(items(lint(read, nullptr), "code-without-address") == Items{"DOGE"});
    REQUIRE(lint(read, nullptr).codes.at("NEWCOIN").rows == 1);
}

TEST_CASE("lint: a wallet with Cyrillic letters is read as meant, and told",
          "[lists][lint][trap]") {
    const std::string typed = "ТRLbfGPruBY6cMmRk5iee1X4CpX3TJQ1wz";  // the first letter
    const ListFolder folder;
    const Publication read = published(folder, "a.csv", "address,chain\n" + typed + ",TRON\n");
    REQUIRE(read.counts.unrecognised == 0);
    REQUIRE(items(lint(read, nullptr), "lookalike-letters") == Items{typed});
}

TEST_CASE("lint: an address added to an old entry has a date of its own", "[lists][lint][trap]") {
    const ListFolder folder;
    const Publication before = published(folder, document({{"XBT", kBitcoin}}, "2024-01-10"));
    const Publication after =
        published(folder, document({{"XBT", kBitcoin}, {"XBT", kThree}}, "2024-06-10"));
    REQUIRE(items(lint(after, &before), "address-newer-than-owner") ==
            Items{std::string(kThree) + ": 42498 Sim Hyon Sop, designated 2023-04-24"});
}

TEST_CASE("lint: a mirror's table has codes that OFAC never used", "[lists][lint][trap]") {
    const ListFolder folder;
    const Publication mirror = published(folder, "mirror.csv",
                                         "address,currency\n" + std::string(kBitcoin) + ",XBT\n" +
                                             kEvm + ",MATIC\n" + kThree + ",ADA\n");
    REQUIRE(items(lint(mirror, nullptr), "code-never-used") == Items{"ADA: 1 row", "MATIC: 1 row"});
    REQUIRE_FALSE(mirror.published);
    REQUIRE(mirror.sha256 != Sha256Hash{});
}

TEST_CASE("lint: owners without names and dates, shared and nobody's addresses are told",
          "[lists][lint]") {
    const ListFolder folder;
    OfacDocument list = document({{"ETH", kEvm}});
    list.parties.push_back(
        {.id = "7",
         .name = "Other",
         .designated = "",
         .addresses = {{"ETH", kEvm}, {"ETH", "0x0000000000000000000000000000000000000000"}}});
    list.parties.push_back(
        {.id = "8", .name = "Late", .designated = "2026-01-01", .addresses = {{"XBT", kThree}}});
    const Lint found = lint(published(folder, list), nullptr);
    REQUIRE(items(found, "address-of-several-parties") ==
            Items{std::string(kEvm) + ": 42498 Sim Hyon Sop; 7 Other"});
    REQUIRE(items(found, "party-without-date") == Items{"7 Other"});
    REQUIRE(items(found, "designated-later") == Items{"8 Late: 2026-01-01"});
    REQUIRE(items(found, "not-an-account") == Items{"0x0000000000000000000000000000000000000000"});
    const Publication unnamed =
        published(folder, "a.csv", "address,party\n" + std::string(kBitcoin) + ",9\n");
    REQUIRE(items(lint(unnamed, nullptr), "party-without-name") == Items{"9"});
}

TEST_CASE("lint: a list without oddities has none, and codes are in order", "[lists][lint]") {
    const ListFolder folder;
    const Publication plain =
        published(folder, "a.csv", "address,ticker\n" + std::string(kBitcoin) + ",XBT\n");
    REQUIRE(lint(plain, nullptr).anomalies.empty());
    const Lint several =
        lint(published(folder, document({{"ETH", kEvm}, {"XBT", kTron}})), nullptr);
    REQUIRE(std::is_sorted(several.anomalies.begin(), several.anomalies.end(),
                           [](const Anomaly& a, const Anomaly& b) { return a.code < b.code; }));
}

TEST_CASE("lint: out of the registry a snapshot is examined like its file", "[lists][lint]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    const OfacDocument list = document({{"XBT", kTron}, {"ETH", kEvm}});
    const auto file = folder.write("a.xml", list.text());
    const auto summary =
        imported(registry, {.list = "ofac", .file = file, .known_from = at("2026-01-01")});
    const auto stored = publication_of(registry, summary.snapshot);
    REQUIRE(stored);
    const Lint of_file = lint(*publication_of_file(file, ""), nullptr);
    const Lint of_registry = lint(*stored, nullptr);
    REQUIRE(items(of_file, "code-contradicts-address") ==
            items(of_registry, "code-contradicts-address"));
    REQUIRE(stored->sha256 == publication_of_file(file, "")->sha256);
    REQUIRE(stored->content == publication_of_file(file, "")->content);
}

}  // namespace wagetrail::lists
