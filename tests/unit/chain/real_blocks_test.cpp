// Blocks that real nodes made, and what these nodes or their indexes say about them.
#include "chain/bitcoin/block.h"

#include "tests/unit/shared_data.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <string>

namespace wagetrail {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::size_t with_witness(const Block& block) {
    return static_cast<std::size_t>(std::count_if(block.transactions.begin(),
                                                  block.transactions.end(),
                                                  [](const auto& tx) { return tx.has_witness; }));
}

/// Decoded, and equal to raw when encoded again piece by piece.
Block round_trip(const LedgerParams& ledger, const Bytes& raw) {
    auto block = decode_block(ledger, raw);
    if (!block) FAIL(block.error().what);
    const auto header = encode(block->header);
    Bytes again(header.begin(), header.end());
    Writer count;
    count.compact_size(block->transactions.size());
    append(again, count.bytes());
    for (const Transaction& tx : block->transactions) {
        const Bytes bytes = encode(tx, Serialise::with_witness);
        if (tx.size != bytes.size()) FAIL(text(tx.txid));
        append(again, bytes);
    }
    append(again, ByteView(raw).last(block->extension_size));
    REQUIRE(again == raw);
    return std::move(*block);
}

std::size_t column(const std::vector<std::vector<std::string>>& rows, const std::string& name) {
    const auto found = std::find(rows[0].begin(), rows[0].end(), name);
    REQUIRE(found != rows[0].end());
    return static_cast<std::size_t>(found - rows[0].begin());
}

/// Single block files named in the folder's index.
void check_folder(const LedgerParams& ledger, const std::string& name) {
    const auto folder = shared_data(name);
    if (!folder) return;
    const auto rows = csv_rows(*folder / "index.csv");
    REQUIRE(rows.size() > 1);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const std::string& file = rows[i][column(rows, "file")];
        CAPTURE(file);
        const Block block = round_trip(ledger, file_bytes(*folder / file));
        REQUIRE(text(block.hash) == rows[i][column(rows, "hash")]);
        REQUIRE(text(block.header.previous) == rows[i][column(rows, "prev")]);
        REQUIRE(std::to_string(block.transactions.size()) == rows[i][column(rows, "txs")]);
        REQUIRE(std::to_string(with_witness(block)) == rows[i][column(rows, "witness_txs")]);
    }
}

/// A run of blocks in one file, in the order of the index.
void check_run(const LedgerParams& ledger,
               const std::array<std::uint8_t, 4>& magic,
               const std::string& name,
               const std::string& file) {
    const auto folder = shared_data(name);
    if (!folder) return;
    const auto rows = csv_rows(*folder / "index.csv");
    const Bytes bytes = file_bytes(*folder / file);
    const auto records = block_records(bytes, magic);
    REQUIRE(records.size() == rows.size() - 1);
    BlockHash previous;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Block block = round_trip(ledger, records[i]);
        REQUIRE(text(block.hash) == rows[i + 1][column(rows, "hash")]);
        REQUIRE(block.header.previous == previous);
        REQUIRE(std::to_string(block.transactions.size()) == rows[i + 1][column(rows, "txs")]);
        previous = block.hash;
    }
}

std::string text_of(const Json& said) {
    return said.get<std::string>();
}

bool same_input(const TxIn& input, const Json& said) {
    if (input.sequence != said["sequence"].get<std::uint32_t>()) return false;
    // Nodes of 2018 leave the witness of a coinbase out of their answers.
    if (said.contains("coinbase")) return to_hex(input.script_sig) == text_of(said["coinbase"]);
    std::vector<std::string> items;
    for (const ByteView item : input.witness.items()) items.push_back(to_hex(item));
    if (items != said.value("txinwitness", std::vector<std::string>{})) return false;
    return text(input.prevout.txid) == text_of(said["txid"]) &&
           input.prevout.vout.value == said["vout"] &&
           to_hex(input.script_sig) == text_of(said["scriptSig"]["hex"]);
}

bool same_output(const TxOut& output, const Json& said) {
    const auto units = std::llround(said["value"].get<double>() * 1e8);
    return output.amount == Amount(static_cast<std::uint64_t>(units)) &&
           to_hex(output.script) == text_of(said["scriptPubKey"]["hex"]);
}

void check_transaction(const Transaction& tx, const Json& said) {
    CAPTURE(said["txid"].get<std::string>());
    REQUIRE(text(tx.txid) == text_of(said["txid"]));
    REQUIRE(text(tx.wtxid) == text_of(said["hash"]));
    REQUIRE(tx.size == said["size"]);
    REQUIRE(tx.version == static_cast<std::uint32_t>(said["version"].get<std::int64_t>()));
    REQUIRE(tx.lock_time == said["locktime"]);
    REQUIRE(tx.inputs.size() == said["vin"].size());
    REQUIRE(tx.outputs.size() == said["vout"].size());
    for (std::size_t i = 0; i < tx.inputs.size(); ++i)
        if (!same_input(tx.inputs[i], said["vin"][i])) FAIL("input " << i);
    for (std::size_t i = 0; i < tx.outputs.size(); ++i)
        if (!same_output(tx.outputs[i], said["vout"][i])) FAIL("output " << i);
}

}  // namespace

TEST_CASE("real blocks: Bitcoin's of all eras", "[chain][block][shared]") {
    check_folder(params(LedgerId::btc), "btc-mainnet-eras");
}

TEST_CASE("real blocks: single ones of Bitcoin's testnets", "[chain][block][shared]") {
    check_folder(params(LedgerId::btc), "btc-testnet-blocks");
}

TEST_CASE("real blocks: Bitcoin's first 3,000", "[chain][block][shared]") {
    const LedgerParams& btc = params(LedgerId::btc);
    check_run(btc, btc.magic, "btc-mainnet-genesis-run", "blocks-000000-002999.dat.xz");
}

TEST_CASE("real blocks: Litecoin's first 3,100", "[chain][block][shared]") {
    const LedgerParams& ltc = params(LedgerId::ltc);
    check_run(ltc, ltc.magic, "ltc-mainnet-genesis-run", "blocks-000000-003099.dat.xz");
}

TEST_CASE("real blocks: signet's first, whose coinbases have witnesses", "[chain][block][shared]") {
    check_run(params(LedgerId::btc), {0x0A, 0x03, 0xCF, 0x40}, "btc-signet-run",
              "blocks-000000-000120.dat.xz");
}

TEST_CASE("real blocks: a regtest node's with every kind of script", "[chain][block][shared]") {
    const auto folder = shared_data("core-regtest");
    if (!folder) return;
    const auto rows = csv_rows(*folder / "layout-plain.csv.xz");
    const auto files = tar_files(*folder / "blocks-plain.tar.xz");
    const LedgerParams& regtest = params(LedgerId::btc_regtest);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        CAPTURE(rows[i]);
        const ByteView file = files.at("blocks-plain/" + rows[i][column(rows, "file")]);
        const std::size_t at = std::stoul(rows[i][column(rows, "offset_of_magic")]) + 8;
        const std::size_t size = std::stoul(rows[i][column(rows, "block_bytes")]);
        const Block block = round_trip(regtest, to_bytes(file.subspan(at, size)));
        REQUIRE(text(block.hash) == rows[i][column(rows, "hash")]);
        REQUIRE(std::to_string(block.transactions.size()) == rows[i][column(rows, "tx_count")]);
    }
}

TEST_CASE("real blocks: every field is what the node says", "[chain][transaction][shared]") {
    const auto decoded = shared_data("btc-mainnet-decoded");
    const auto eras = shared_data("btc-mainnet-eras");
    if (!decoded || !eras) return;
    for (const fs::path& path : files_in(*decoded, ".json.xz")) {
        const std::string name = path.filename().string();
        CAPTURE(name);
        const Json said = Json::parse(file_text(path));
        const std::string stem = name.substr(0, name.size() - std::string(".json.xz").size());
        const auto block =
            decode_block(params(LedgerId::btc), file_bytes(*eras / (stem + ".blk.xz")));
        REQUIRE(block.has_value());
        REQUIRE(text(block->hash) == text_of(said["hash"]));
        REQUIRE(text(block->header.merkle_root) == text_of(said["merkleroot"]));
        REQUIRE(block->header.time == said["time"]);
        REQUIRE(block->header.nonce == said["nonce"]);
        REQUIRE(block->transactions.size() == said["tx"].size());
        for (std::size_t i = 0; i < block->transactions.size(); ++i)
            check_transaction(block->transactions[i], said["tx"][i]);
    }
}

TEST_CASE("real blocks: each transaction has a Merkle proof", "[chain][merkle][shared]") {
    const auto eras = shared_data("btc-mainnet-eras");
    if (!eras) return;
    const auto block =
        decode_block(params(LedgerId::btc), file_bytes(*eras / "549400-3ee0598e8f797731.blk.xz"));
    REQUIRE(block.has_value());
    std::vector<Txid> txids;
    for (const Transaction& tx : block->transactions) txids.push_back(tx.txid);
    for (std::uint32_t i = 0; i < txids.size(); ++i) {
        const MerkleProof proof = merkle_proof(txids, i);
        REQUIRE(verifies(proof, txids[i], block->header.merkle_root));
        REQUIRE_FALSE(verifies(proof, txids[(i + 1) % txids.size()], block->header.merkle_root));
    }
}

}  // namespace wagetrail
