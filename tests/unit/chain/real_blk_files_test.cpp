// The files source over real files: what Bitcoin Core wrote, plain and masked, and the first blocks
// of two main networks.
#include "chain/source/files_source.h"

#include "tests/unit/chain/test_blocks.h"
#include "tests/unit/shared_data.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace wagetrail {
namespace {

/// Every hash of the best chain, read block by block.
std::vector<std::string> read_hashes(const LedgerParams& ledger, const std::string& folder) {
    std::vector<std::string> hashes;
    auto source = FilesSource::open(ledger, folder);
    if (!source) FAIL(source.error().what);
    const auto tip = (*source)->tip();
    REQUIRE(tip.has_value());
    const auto done = (*source)->read(
        Height(0), tip->height, {}, [&](const SourceBlock& block) -> Expected<void> {
            hashes.push_back(text(block.block.hash));
            REQUIRE((*source)->hash_at(block.height).value() == block.block.hash);
            return {};
        });
    if (!done) FAIL(done.error().what);
    REQUIRE(hashes.back() == text(tip->hash));
    return hashes;
}

void check_run(LedgerId ledger, const std::string& folder_name, const std::string& file) {
    const auto data = shared_data(folder_name);
    if (!data) return;
    const TempFolder folder;
    folder.write("blk00000.dat", file_bytes(*data / file));
    const auto hashes = read_hashes(params(ledger), folder.path());
    const auto rows = csv_rows(*data / "index.csv");
    REQUIRE(hashes.size() + 1 == rows.size());
    for (std::size_t i = 0; i < hashes.size(); ++i) REQUIRE(hashes[i] == rows[i + 1][1]);
}

}  // namespace

TEST_CASE("files: Bitcoin Core's regtest files give its chain, plain and masked",
          "[chain][source][data]") {
    const auto data = shared_data("core-regtest");
    if (!data) return;
    const auto facts = nlohmann::json::parse(file_text(*data / "facts.json.xz"));
    for (const std::string set : {"blocks-plain", "blocks-xor"}) {
        CAPTURE(set);
        const TempFolder folder;
        for (const auto& [name, content] : tar_files(*data / (set + ".tar.xz")))
            folder.write(name, content);
        const auto hashes = read_hashes(regtest(), folder.path() + "/" + set);
        REQUIRE(hashes.size() == 662);
        REQUIRE(hashes[661] == "52990f08588a2341f8e6aebcc649406b097c5c85f33c0160e4312893a7b406ed");
        for (const auto& row : facts["heights"])
            REQUIRE(hashes.at(row[0].get<std::size_t>()) == row[1].get<std::string>());
    }
}

TEST_CASE("files: every record Bitcoin Core wrote is found where it is", "[chain][source][data]") {
    const auto data = shared_data("core-regtest");
    if (!data) return;
    for (const std::string set : {"plain", "xor"}) {
        CAPTURE(set);
        auto files = tar_files(*data / ("blocks-" + set + ".tar.xz"));
        BlkKey key;
        Bytes& stored_key = files.at("blocks-" + set + "/xor.dat");
        std::copy(stored_key.begin(), stored_key.end(), key.value.begin());
        std::map<std::string, std::vector<std::vector<std::string>>> expected;
        const auto rows = csv_rows(*data / ("layout-" + set + ".csv.xz"));
        for (std::size_t i = 1; i < rows.size(); ++i) expected[rows[i][0]].push_back(rows[i]);
        for (const auto& [name, records] : expected) {
            CAPTURE(name);
            const Bytes& file = files.at("blocks-" + set + "/" + name);
            const BlkBytes bytes{
                .size = file.size(),
                .read = [&](std::uint64_t offset, std::span<std::uint8_t> into) -> Expected<void> {
                    REQUIRE(offset + into.size() <= file.size());
                    std::copy_n(file.begin() + static_cast<std::ptrdiff_t>(offset), into.size(),
                                into.begin());
                    return {};
                }};
            const auto scan = scan_blk(regtest(), bytes, key, 0);
            REQUIRE(scan.has_value());
            REQUIRE(scan->records.size() == records.size());
            for (std::size_t i = 0; i < records.size(); ++i) {
                REQUIRE(std::to_string(scan->records[i].offset - 8) == records[i][1]);
                REQUIRE(std::to_string(scan->records[i].size) == records[i][2]);
                REQUIRE(text(scan->records[i].hash) == records[i][4]);
            }
        }
    }
}

TEST_CASE("files: the first blocks of Bitcoin", "[chain][source][data]") {
    check_run(LedgerId::btc, "btc-mainnet-genesis-run", "blocks-000000-002999.dat.xz");
}

TEST_CASE("files: the first blocks of Litecoin", "[chain][source][data]") {
    check_run(LedgerId::ltc, "ltc-mainnet-genesis-run", "blocks-000000-003099.dat.xz");
}

}  // namespace wagetrail
