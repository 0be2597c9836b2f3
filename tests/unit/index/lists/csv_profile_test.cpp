#include "index/lists/csv_profile.h"

#include "index/lists/import.h"
#include "index/lists/list_view.h"
#include "index/lists/text_list.h"

#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/shared_data.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {
namespace {

constexpr const char* kHeader = "order,updated,valid_to,address,chain,checksum\n";
constexpr const char* kAddress = "12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S";

Expected<ListFile> parse(const std::string& text, const std::string& profile = "") {
    CsvListParser parser(profile);
    TRY(parser.feed(text));
    return parser.finish();
}

std::string error_of(const std::string& text, const std::string& profile = "") {
    const auto file = parse(text, profile);
    return file ? "" : file.error().what;
}

std::string order(const std::string& number, const std::string& updated, const std::string& until) {
    return kHeader + number + "," + updated + "," + until + "," + kAddress + ",BTC,ok\n";
}

ImportSummary import_shared(Registry& registry, const std::string& list, const std::string& file) {
    const auto path = shared_data("sanctions/" + file);
    REQUIRE(path);
    return imported(registry, {.list = list, .file = *path, .known_from = at("2026-06-01")});
}

Listing listing(const Registry& registry, const std::string& address) {
    const auto parsed = parse_address(LedgerId::btc, address);
    REQUIRE(parsed);
    const auto all = listings_of(
        registry, *parsed,
        {.ledger = LedgerId::btc, .as_of = at("2026-06-01"), .known_at = at("2026-06-01")});
    REQUIRE(all);
    REQUIRE(all->size() == 1);
    return all->front();
}

}  // namespace

TEST_CASE("csv profile: a seizure order has a number, a year and an end", "[lists][profile]") {
    const auto file = parse(order("33/24", "26.03.2025", "20.04.2026"));
    REQUIRE(file);
    REQUIRE(file->parties[0].id == "33/24");
    REQUIRE(file->parties[0].name == "NBCTF order 33/24");
    REQUIRE(file->parties[0].programs == std::vector<std::string>{"seizure"});
    REQUIRE(file->entries[0].listed_after == at("2024-01-01"));
    REQUIRE(file->entries[0].listed_on == at("2025-03-26"));
    REQUIRE(file->entries[0].removed_on == at("2026-04-20"));
    REQUIRE(file->warnings.empty());
}

TEST_CASE("csv profile: a forfeited order does not end", "[lists][profile]") {
    const auto file = parse(order("2/24", "02.04.2024", "צו חילוט (צח 17/24)"));
    REQUIRE(file);
    REQUIRE(file->parties[0].name == "NBCTF order 2/24, forfeited by 17/24");
    REQUIRE(file->parties[0].programs == std::vector<std::string>{"forfeiture"});
    REQUIRE_FALSE(file->entries[0].removed_on);
    const auto open = parse(order("44/21", "01.07.2021", "-"));
    REQUIRE(open);
    REQUIRE_FALSE(open->entries[0].removed_on);
}

TEST_CASE("csv profile: a payment between the year of an order and its update is unknown",
          "[lists][profile]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    static_cast<void>(imported(
        registry, {.list = "nbctf",
                   .file = folder.write("a.csv", order("33/24", "26.03.2025", "20.04.2026")),
                   .known_from = at("2026-06-01")}));
    const Listing seized = listing(registry, kAddress);
    REQUIRE(seized.published == Interval{at("2024-01-01"), at("2025-03-26")});
    const auto kind = [&](std::string_view day) {
        return verdict(
                   std::span(&seized, 1), at("2026-06-01"),
                   {.payment = at(day), .as_of = at("2026-06-01"), .known_at = at("2026-06-01")})
            .kind;
    };
    CHECK(kind("2023-12-31") == VerdictKind::pre_designation);
    CHECK(kind("2024-08-01") == VerdictKind::unknown);
    CHECK(kind("2025-03-26") == VerdictKind::listed_then_delisted);
    CHECK(kind("2026-05-01") == VerdictKind::delisted_before_payment);
}

TEST_CASE("csv profile: dates are read strictly, never guessed", "[lists][profile]") {
    for (const char* bad : {"2025-03-26", "3.26.2025", "26/03/2025", "32.01.2025", "29.02.2025", "",
                            "26.03.25", "26.03.2025 "})
        if (std::string(bad) != "26.03.2025 ")  // spaces around a cell do not count
            CHECK_THAT(error_of(order("33/24", bad, "-")), Catch::Contains("line 2, column 7"));
    CHECK_THAT(error_of(order("33/24", "26.03.2025", "soon")), Catch::Contains("is not a date"));
    CHECK_THAT(error_of(order("33/24", "26.03.2025", "צו חילוט (צח x)")),
               Catch::Contains("not a number of an order"));
    CHECK_THAT(error_of(order("33-24", "26.03.2025", "-")),
               Catch::Contains("not a number of an order"));
    CHECK_THAT(error_of(order("33/25", "26.03.2024", "-")),
               Catch::Contains("updated before the year of its number"));
    CHECK_THAT(error_of(order("33/24", "26.03.2025", "26.03.2024")),
               Catch::Contains("removed before it was listed"));
}

TEST_CASE("csv profile: a named profile refuses a header that is not its own", "[lists][profile]") {
    CHECK_THAT(error_of("address,chain\na,BTC\n", "il-nbctf"),
               Catch::Contains("not that of the profile il-nbctf"));
    CHECK_THAT(error_of(order("33/24", "26.03.2025", "-"), "fbi-ic3"),
               Catch::Contains("not that of the profile fbi-ic3"));
    CHECK_THAT(error_of("address\na\n", "nobody"),
               Catch::Contains("there are: plain, eu-fr, fbi-ic3, il-nbctf"));
    CHECK(parse("address,chain,label,publication\na,ETH,FBI,2025-02-26\n", "fbi-ic3"));
    // Read as plain, the same columns mean what they mean in any list.
    CHECK_THAT(error_of("address,chain,label,publication\na,ETH,FBI,26.02.2025\n", "plain"),
               Catch::Contains("is not a time"));
}

TEST_CASE("csv profile: OFAC's own CSV is refused with the reason", "[lists][profile]") {
    const std::string sdn =
        "10278,\"LOGAN MOREY, Elvis Angus\",\"individual\",\"SDNT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
        "-0- ,\"DOB 28 Jul 1963; Digital Currency Address - XBT 12cbQLTFMXRnSzkt\"\n";
    CHECK_THAT(error_of(sdn), Catch::Contains("cut remarks at 1,000 characters") &&
                                  Catch::Contains("Import sdn_advanced.xml or sdn.xml"));
    CHECK_THAT(error_of("33151,\"aa35MVkf7sDj; alt. Digital Currency Address\"\n"),
               Catch::Contains("in the middle of addresses"));
}

TEST_CASE("csv profile: the shared Israeli, European and FBI sets are read whole",
          "[lists][profile][real]") {
    if (!shared_data("sanctions/il-nbctf-wallets.csv")) return;
    const ListFolder folder;
    Registry registry = folder.registry();
    const auto israel = import_shared(registry, "il-nbctf", "il-nbctf-wallets.csv");
    CHECK(israel.snapshot.counts.listed_parties == 26);
    CHECK(israel.snapshot.counts.unrecognised == 2);
    CHECK(israel.snapshot.counts.rows == 427);
    CHECK(israel.snapshot.warnings.size() == 1);  // the two bad checksums
    const auto europe = import_shared(registry, "eu-fr", "eu-fr-crypto-addresses.csv");
    CHECK(europe.snapshot.counts.addresses == 9);
    CHECK(europe.snapshot.counts.listed_parties == 2);
    CHECK(europe.snapshot.warnings.empty());
    const auto fbi = import_shared(registry, "fbi", "fbi-ic3-psa250226-bybit.csv");
    CHECK(fbi.snapshot.counts.addresses == 51);
    CHECK(fbi.snapshot.warnings.empty());
    const Listing garantex = listing(registry, "bc1qwtz3zv95x2flu4w26kgfepf529z50r2sqc5zml");
    CHECK(garantex.published == Interval{std::nullopt, at("2026-06-01")});
}

TEST_CASE("csv profile: the shared OFAC CSV files are refused", "[lists][profile][real]") {
    for (const char* name : {"watchman-sdn.csv", "watchman-sdn_comments.csv"}) {
        const auto path = shared_data("sanctions/" + std::string(name));
        if (!path) return;
        const ListFolder folder;
        Registry registry = folder.registry();
        const auto refused =
            import_list(registry, {.list = "ofac", .file = *path, .known_from = at("2026-06-01")});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::invalid);
        CHECK_THAT(refused.error().what, Catch::Contains("sdn_advanced.xml"));
    }
}

}  // namespace wagetrail::lists
