#include "index/lists/list_view.h"

#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/index/lists/ofac_document.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {
namespace {

constexpr const char* kBitcoin = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h";
constexpr const char* kLitecoin = "LeKvNdNEzgQkzVVnRdV3fAu2DSF1nLsNw6";
constexpr const char* kBoth = "3F6bbvS1krsc1qR8FsbTDfYQyvkMm3QvmR";

Address address(LedgerId ledger, std::string_view text) {
    const auto parsed = parse_address(ledger, text);
    REQUIRE(parsed);
    return *parsed;
}

/// A registry that is filled snapshot by snapshot.
struct Story {
    ListFolder folder;
    Registry registry = folder.registry();
    int files = 0;

    void imports(const std::string& list,
                 const std::string& content,
                 std::string_view published,
                 std::string_view known_from) {
        ImportRequest request{.list = list,
                              .file = folder.write(std::to_string(files++), content),
                              .known_from = at(known_from)};
        if (!published.empty()) request.published = at(published);
        request.shrink = ShrinkGuard::accept;
        static_cast<void>(imported(registry, request));
    }
    /// OFAC-like, known on the day it was issued.
    void issues(std::string_view issued, const std::vector<OfacParty>& parties) {
        OfacDocument document{.issued = std::string(issued), .parties = parties};
        document.parties.push_back(
            {.id = "1", .name = "Nobody", .designated = "2001-01-01", .addresses = {}});
        imports("ofac-sdn", document.text(), "", issued);
    }
    [[nodiscard]] ListView view(std::string_view known_at, LedgerId ledger = LedgerId::btc) const {
        auto loaded = ListView::load(
            registry,
            {.ledger = ledger, .lists = {}, .as_of = at("2030-01-01"), .known_at = at(known_at)});
        if (!loaded) FAIL(loaded.error().what);
        return *std::move(loaded);
    }
    [[nodiscard]] std::vector<Listing> listings(std::string_view known_at = "2030-01-01") const {
        const ListView all = view(known_at);
        const auto found = all.listings_of(address(LedgerId::btc, kBitcoin));
        return {found.begin(), found.end()};
    }
};

OfacParty sim(const std::string& designated = "2023-04-24") {
    return {.id = "42498",
            .name = "Sim Hyon Sop",
            .designated = designated,
            .addresses = {{"XBT", kBitcoin}}};
}

OfacParty without_addresses(OfacParty party) {
    party.addresses.clear();
    return party;
}

}  // namespace

TEST_CASE("list view: snapshots before and after bound the publication", "[lists][view]") {
    Story story;
    story.issues("2023-04-01", {});
    story.issues("2023-05-01", {sim()});
    const auto listings = story.listings();
    REQUIRE(listings.size() == 1);
    const Listing& one = listings[0];
    REQUIRE(one.list == "ofac-sdn");
    REQUIRE(one.entity == "Sim Hyon Sop");
    REQUIRE(one.party_id == "42498");
    REQUIRE(one.programs == std::vector<std::string>{"DPRK3"});
    REQUIRE(one.tickers == std::vector<std::string>{"XBT"});
    REQUIRE(one.address_text == kBitcoin);
    REQUIRE(one.designated_on == at("2023-04-24"));
    REQUIRE(one.published == Interval{at("2023-04-01"), at("2023-05-01")});
    REQUIRE_FALSE(one.removed);
    REQUIRE(one.known_from == at("2023-05-01"));
}

TEST_CASE("list view: a late import of an old snapshot narrows, for those who knew it",
          "[lists][view]") {
    Story story;
    story.issues("2023-05-01", {sim()});
    REQUIRE(story.listings()[0].published == Interval{std::nullopt, at("2023-05-01")});
    OfacDocument old{.issued = "2023-04-23", .parties = {without_addresses(sim())}};
    story.imports("ofac-sdn", old.text(), "", "2024-01-01");
    REQUIRE(story.listings()[0].published == Interval{at("2023-04-23"), at("2023-05-01")});
    REQUIRE(story.listings("2023-12-31")[0].published == Interval{std::nullopt, at("2023-05-01")});
    REQUIRE(story.listings("2023-04-30").empty());
}

TEST_CASE("list view: a removal closes the stay, a return opens another", "[lists][view]") {
    Story story;
    story.issues("2023-05-01", {sim()});
    story.issues("2023-06-01", {sim()});
    story.issues("2023-07-01", {without_addresses(sim())});
    story.issues("2023-08-01", {sim("2023-07-20")});
    const auto listings = story.listings();
    REQUIRE(listings.size() == 2);
    REQUIRE(listings[0].published == Interval{std::nullopt, at("2023-05-01")});
    REQUIRE(listings[0].removed == Interval{at("2023-06-01"), at("2023-07-01")});
    REQUIRE(listings[1].published == Interval{at("2023-07-01"), at("2023-08-01")});
    REQUIRE(listings[1].designated_on == at("2023-07-20"));
    REQUIRE_FALSE(listings[1].removed);
    REQUIRE(listings[1].known_from == at("2023-08-01"));
}

TEST_CASE("list view: as of a day before a snapshot, the snapshot is not there", "[lists][view]") {
    Story story;
    story.issues("2023-05-01", {sim()});
    story.issues("2023-06-01", {without_addresses(sim())});
    const auto view = ListView::load(story.registry, {.ledger = LedgerId::btc,
                                                      .lists = {"ofac-sdn"},
                                                      .as_of = at("2023-05-31"),
                                                      .known_at = at("2030-01-01")});
    REQUIRE(view);
    const auto listings = view->listings_of(address(LedgerId::btc, kBitcoin));
    REQUIRE(listings.size() == 1);
    REQUIRE_FALSE(listings[0].removed);
    REQUIRE(view->listed_until() == at("2023-05-01"));
    REQUIRE(view->states()[0].snapshots.size() == 1);
}

TEST_CASE("list view: an address keeps its clocks when its entry is replaced or joined",
          "[lists][view]") {
    Story story;
    OfacParty next = sim("2023-06-15");
    next.id = "50000";
    next.addresses = {{"XBT", kBitcoin}, {"USDT", kBitcoin}};
    story.issues("2023-04-01", {});
    story.issues("2023-05-01", {sim()});
    story.issues("2023-06-01", {sim(), next});
    story.issues("2023-07-01", {next});
    const auto listings = story.listings();
    REQUIRE(listings.size() == 2);
    for (const Listing& one : listings) {
        REQUIRE(one.published == Interval{at("2023-04-01"), at("2023-05-01")});
        REQUIRE_FALSE(one.removed);
    }
    REQUIRE(listings[0].party_id == "42498");
    REQUIRE(listings[0].known_from == at("2023-05-01"));
    REQUIRE(listings[1].party_id == "50000");
    REQUIRE(listings[1].tickers == std::vector<std::string>{"USDT", "XBT"});
    REQUIRE(listings[1].known_from == at("2023-06-01"));
}

TEST_CASE("list view: an entry designated again keeps its first date", "[lists][view]") {
    Story story;
    story.issues("2022-09-01", {sim("2022-08-08")});
    story.issues("2022-12-01", {sim("2022-11-08")});
    REQUIRE(story.listings()[0].designated_on == at("2022-08-08"));
}

TEST_CASE("list view: dates in a CSV are the clocks themselves", "[lists][view]") {
    Story story;
    story.imports("wallets",
                  "address,name,listed,removed\n" + std::string(kBitcoin) +
                      ",Somebody,2022-08-08,2025-03-21\n",
                  "2025-10-14", "2025-10-14");
    const auto listings = story.listings();
    REQUIRE(listings.size() == 1);
    REQUIRE(listings[0].published == Interval::exactly(at("2022-08-08")));
    REQUIRE(listings[0].removed == Interval::exactly(at("2025-03-21")));
    REQUIRE(listings[0].designation == Designation::publication);
    const ListView view = story.view("2030-01-01");
    REQUIRE(view.verdict_of(address(LedgerId::btc, kBitcoin), at("2023-01-01")).kind ==
            VerdictKind::listed_then_delisted);
}

TEST_CASE("list view: a string of two ledgers is listed on both", "[lists][view]") {
    Story story;
    story.imports("wallets", std::string(kBoth) + "\n" + kLitecoin + "\n", "2024-01-01",
                  "2024-01-01");
    const ListView bitcoin = story.view("2030-01-01");
    const ListView litecoin = story.view("2030-01-01", LedgerId::ltc);
    REQUIRE(bitcoin.addresses() == std::vector{address(LedgerId::btc, kBoth)});
    REQUIRE(litecoin.addresses().size() == 2);
    REQUIRE(litecoin.listings_of(address(LedgerId::ltc, kBoth)).size() == 1);
    REQUIRE(story.view("2030-01-01", LedgerId::ltc_regtest).addresses().empty());
}

TEST_CASE("list view: several lists speak in order of name, and the oldest sets the age",
          "[lists][view]") {
    Story story;
    story.imports("zz", kBitcoin, "2024-01-01", "2024-01-01");
    story.imports("aa", kBitcoin, "2024-03-01", "2024-03-01");
    const auto listings = story.listings();
    REQUIRE(listings.size() == 2);
    REQUIRE(listings[0].list == "aa");
    REQUIRE(listings[1].list == "zz");
    REQUIRE(story.view("2030-01-01").listed_until() == at("2024-01-01"));
    const auto chosen = ListView::load(story.registry, {.ledger = LedgerId::btc,
                                                        .lists = {"aa"},
                                                        .as_of = at("2030-01-01"),
                                                        .known_at = at("2030-01-01")});
    REQUIRE(chosen->states().size() == 1);
    REQUIRE(chosen->listed_until() == at("2024-03-01"));
}

TEST_CASE("list view: one address alone has the listings it has in the view", "[lists][view]") {
    Story story;
    story.issues("2023-05-01", {sim()});
    story.imports("wallets", std::string(kBitcoin) + "\n" + kLitecoin, "2024-01-01", "2024-01-01");
    const ViewRequest pins{.ledger = LedgerId::ltc,  // not that of the address: ignored
                           .lists = {},
                           .as_of = at("2030-01-01"),
                           .known_at = at("2030-01-01")};
    const auto alone = listings_of(story.registry, address(LedgerId::btc, kBitcoin), pins);
    REQUIRE(alone);
    REQUIRE(*alone == story.listings());
    REQUIRE(listings_of(story.registry, address(LedgerId::btc, kBoth), pins)->empty());
}

TEST_CASE("list view: a list that is not there is an error, no list at all is unknown",
          "[lists][view]") {
    Story story;
    const auto missing = ListView::load(story.registry, {.ledger = LedgerId::btc,
                                                         .lists = {"ofac-sdn"},
                                                         .as_of = at("2030-01-01"),
                                                         .known_at = at("2030-01-01")});
    REQUIRE_FALSE(missing);
    REQUIRE(missing.error().code == ErrorCode::not_found);
    const Verdict nothing =
        story.view("2030-01-01").verdict_of(address(LedgerId::btc, kBitcoin), at("2024-01-01"));
    REQUIRE(nothing.reason == UnknownReason::no_list);
}

}  // namespace wagetrail::lists
