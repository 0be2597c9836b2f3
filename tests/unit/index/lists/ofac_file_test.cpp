// OFAC's own files. The excerpt always; the complete ones (120 MB unpacked) by "[.full]".
#include "index/lists/import.h"
#include "index/lists/lint.h"
#include "index/lists/list_history.h"
#include "index/lists/list_view.h"

#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/shared_data.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <tuple>

namespace wagetrail::lists {
namespace {

ImportRequest ofac(const std::filesystem::path& file, std::string_view known_from) {
    return {.list = "ofac-sdn", .file = file, .known_from = at(known_from)};
}

/// Unpacks a complete file into the folder; none, with a warning, where the data is not there.
std::optional<std::filesystem::path> unpacked(const ListFolder& folder, const std::string& date) {
    const auto packed = shared_data("sanctions/sdn_advanced-" + date + ".xml.bz2");
    if (!packed) return std::nullopt;
    auto file = folder.path(date + ".xml");
    const std::string command = "bzip2 -dc '" + packed->string() + "' > '" + file.string() + "'";
    REQUIRE(std::system(command.c_str()) == 0);
    return file;
}

std::set<std::string> lines_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::set<std::string> out;
    for (std::string line; std::getline(in, line);) out.insert(line);
    return out;
}

}  // namespace

TEST_CASE("ofac file: the excerpt gives its seven parties", "[lists][ofac][real]") {
    const auto file = shared_data("sanctions/sdn_advanced-excerpt.xml");
    if (!file) return;
    const ListFolder folder;
    Registry registry = folder.registry();
    const auto summary = imported(registry, ofac(*file, "2025-10-15"));
    REQUIRE(summary.snapshot.published == at("2025-10-14"));
    REQUIRE(summary.snapshot.counts ==
            SnapshotCounts{
                .parties = 7, .listed_parties = 7, .rows = 33, .addresses = 29, .unrecognised = 0});
    REQUIRE(summary.snapshot.warnings.empty());
    REQUIRE(summary.unknown_tickers.empty());

    const auto view = ListView::load(
        registry,
        {.ledger = LedgerId::btc, .as_of = at("2025-10-15"), .known_at = at("2025-10-15")});
    REQUIRE(view);
    const auto kim = parse_address(LedgerId::btc, "1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ");
    REQUIRE(kim);
    const auto listings = view->listings_of(*kim);
    REQUIRE(listings.size() == 1);
    REQUIRE(listings[0].entity == "Kim Sang Man");
    REQUIRE(listings[0].party_id == "43377");
    REQUIRE(listings[0].programs == std::vector<std::string>{"DPRK4"});
    REQUIRE(listings[0].designated_on == at("2023-05-23"));
    REQUIRE(view->verdict_of(*kim, at("2021-06-01")).kind == VerdictKind::pre_designation);
    // One snapshot does not tell when between 2023 and 2025 the address came out.
    REQUIRE(view->verdict_of(*kim, at("2023-06-01")).reason == UnknownReason::publication_interval);
    REQUIRE(view->verdict_of(*kim, at("2025-10-14T12:00:00Z")).kind ==
            VerdictKind::listed_at_payment);
}

TEST_CASE("ofac file: the complete list of 2025-10-14 has the addresses of its mirror",
          "[.full][lists][ofac]") {
    const ListFolder folder;
    const auto file = unpacked(folder, "2025-10-14");
    const auto mirror = shared_data("sanctions/ofac-by-ticker-2025-10-14");
    if (!file || !mirror) return;
    Registry registry = folder.registry();
    const auto summary = imported(registry, ofac(*file, "2025-10-15"));
    const SnapshotCounts& counts = summary.snapshot.counts;
    CHECK(counts.parties == 18245);
    CHECK(counts.listed_parties == 75);
    CHECK(counts.rows == 667);
    CHECK(counts.addresses == 654);
    // The two oddities of that day: a Tron address under XBT, and 64 digits that are no address.
    CHECK(counts.unrecognised == 1);
    CHECK(summary.snapshot.warnings ==
          std::vector<std::string>{
              "1 address listed as XBT but of the form of tron: TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq",
              "1 address of no form we know, or with a wrong checksum: "
              "5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320"});
    std::map<std::string, std::set<std::string>> by_ticker;
    for (const ListRow& row : summary.diff.added) by_ticker[row.ticker].insert(row.address_text);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(*mirror)) {
        const std::string stem = entry.path().stem().string();
        const std::string ticker = stem.substr(stem.rfind('_') + 1);
        CAPTURE(ticker);
        CHECK(by_ticker[ticker] == lines_of(entry.path()));
        ++files;
    }
    REQUIRE(files == by_ticker.size());
}

TEST_CASE("ofac file: the Tornado Cash delisting is an import with 90 removals",
          "[.full][lists][ofac]") {
    const ListFolder folder;
    Registry registry = folder.registry();
    const auto before = unpacked(folder, "2025-03-04");
    const auto after = unpacked(folder, "2025-03-21");
    if (!before || !after) return;
    REQUIRE(imported(registry, ofac(*before, "2025-03-04")).snapshot.counts.rows == 714);
    const auto summary = imported(registry, ofac(*after, "2025-03-21"));
    REQUIRE(summary.snapshot.counts.rows == 624);
    REQUIRE(summary.diff.removed.size() == 90);
    REQUIRE(summary.diff.added.empty());
    const auto& parties = summary.diff.parties;
    REQUIRE(std::any_of(parties.begin(), parties.end(), [](const PartyChange& change) {
        return change.kind == PartyChangeKind::removed && change.entity == "TORNADO CASH";
    }));
}

TEST_CASE("ofac file: parties and their dates are those of the history", "[.full][lists][ofac]") {
    const auto reference = shared_data("sanctions/ofac-crypto-history.csv");
    if (!reference) return;
    const auto history = load_history_file(*reference, {});
    REQUIRE(history);
    // Address, code, party and the day on which it was designated.
    using Row = std::tuple<std::string, std::string, std::string, std::optional<Time>>;
    for (const char* day : {"2025-03-04", "2025-03-21", "2025-10-14"}) {
        const ListFolder folder;
        const auto file = unpacked(folder, day);
        if (!file) return;
        const auto read = publication_of_file(*file, "");
        REQUIRE(read);
        std::set<Row> found;
        for (const ContentRow& row : read->content)
            found.emplace(row.text, row.ticker, row.party.id, row.party.designated_on);
        std::set<Row> expected;
        for (const HistoryRow* row : history->at(at(day))) {
            const ListParty& party = history->parties[row->party];
            expected.emplace(row->text, row->ticker, party.id, party.designated_on);
        }
        CAPTURE(day);
        // The history has one row per address and code: an address of two parties stands once.
        CHECK(std::includes(found.begin(), found.end(), expected.begin(), expected.end()));
        CHECK(read->counts.rows == expected.size());
    }
}

TEST_CASE("ofac file: the excerpt's oddities are found", "[lists][ofac][lint][real]") {
    const auto file = shared_data("sanctions/sdn_advanced-excerpt.xml");
    if (!file) return;
    const auto read = publication_of_file(*file, "");
    REQUIRE(read);
    std::map<std::string, std::uint64_t> counts;
    for (const Anomaly& anomaly : lint(*read, nullptr).anomalies)
        counts[anomaly.code] = anomaly.count;
    CHECK(counts["parties-few"] == 1);
    CHECK(counts["address-under-several-codes"] > 0);
    CHECK(counts["capitals-wrong"] == 0);
    CHECK(counts["address-unreadable"] == 0);
    CHECK(counts["namespace-unknown"] == 0);
    CHECK(counts["code-unknown"] == 0);
}

}  // namespace wagetrail::lists
