#include "chain/bitcoin/block.h"

#include "chain/base/codec.h"

#include <catch2/catch.hpp>

#include <string>

namespace wagetrail {
namespace {

// Made by litecoind 0.21.2.1 on regtest: a coinbase, a payment, the HogEx, the extension block.
const char* const kMwebBlock =
    "000000209f4297ae4b01d7890da1e96e5648e0f3ba178f612cf766104f8bcd8ed2eeb8d896cbe72a3a4c1d18"
    "0ac03ae5ffa451ac78a496273218fcf69f91e594d87088f8646f066bffff7f20020000000302000000000101"
    "0000000000000000000000000000000000000000000000000000000000000000ffffffff0502b4010101ffff"
    "ffff028487814a00000000160014002a5c015c1b8bf4cfcac1c838a46588cacb23b80000000000000000266a"
    "24aa21a9ed5de167c54befff3764cb67925bc3601c9432d33bb404a5d73dd3d86a442a88ce01200000000000"
    "0000000000000000000000000000000000000000000000000000000000000002000000000101553b31778870"
    "7c56d6a8c3297ee7d0b0907278d52703cac65d4b6f8dd9e78a790100000000feffffff0278c39f3800000000"
    "160014e10c2e5b4de0c3dbd35d57eba275f5d84e3dab3100c2eb0b00000000160014002a5c015c1b8bf4cfca"
    "c1c838a46588cacb23b8024730440220184c540fae1014f32e92dcaae2ac778da5dd2cea823b1af111909a36"
    "5e7bb97a02201cb14d5280ad5932b1bab017f971dca8fe929bc1390023aa85c6cf7e82e6545e012102f25f3a"
    "26f41d9b31781dbc77478997f003f287e5602d39da7ecefc7886035d3fb301000002000000000801f7d6ff09"
    "9c8e0fa5316b7bd75ab7a4b301d592e3475f43c79f938bda91e5e6f20000000000ffffffff014c51814a0000"
    "00002258203393f9f6fb97b6d3cf2cbb6a915e3c9f27de43376f114475f3c9cf1f3015b9f300000000000182"
    "341f9025551c10bf0317687f067b648f71b27c91d552afb879828471504f8050d00000000000000000000000"
    "00000000000000000000000000000000000000000073f291693e31fe77be7bfb78ebc9042b2e2c437c87eca0"
    "c122e0e8a0bbfbe625a48ef711eff2df81a3d6f936f59c54645c26ee68216f0247c4c10e70a5a75660000000"
    "00000000000000000000000000000000000000000000000000000000000400000000";

const LedgerParams& btc() {
    return params(LedgerId::btc);
}
const LedgerParams& ltc() {
    return params(LedgerId::ltc);
}

Bytes hex_bytes(const std::string& hex) {
    const auto bytes = from_hex(hex);
    REQUIRE(bytes.has_value());
    return *bytes;
}

Bytes coinbase() {
    return hex_bytes(
        "01000000"
        "01" +
        std::string(64, '0') +
        "ffffffff"
        "0151"
        "ffffffff"
        "01"
        "00f2052a01000000"
        "0151"
        "00000000");
}

/// Distinct for each number.
Bytes payment(std::uint8_t number) {
    Bytes bytes = hex_bytes(
        "02000000"
        "01" +
        std::string(64, '1') +
        "00000000"
        "00"
        "ffffffff"
        "01"
        "e803000000000000"
        "0151"
        "00000000");
    bytes[5] = number;
    return bytes;
}

Bytes hogex() {
    Bytes bytes = payment(200);
    const Bytes marker = {0x00, 0x08};
    bytes.insert(bytes.begin() + 4, marker.begin(), marker.end());
    bytes.insert(bytes.end() - 4, std::uint8_t{0});
    return bytes;
}

/// A block of these transactions and then these bytes, with the Merkle root it needs.
Bytes block_of(const std::vector<Bytes>& transactions, ByteView behind = {}) {
    std::vector<Txid> txids;
    for (const Bytes& bytes : transactions) {
        const auto tx = decode_transaction(bytes, true);
        REQUIRE(tx.has_value());
        txids.push_back(tx->txid);
    }
    BlockHeader header;
    header.merkle_root = merkle_root(txids).root;
    header.bits = 0x207FFFFF;
    Writer writer;
    BlockHeader::fields(writer, header);
    writer.compact_size(transactions.size());
    for (const Bytes& bytes : transactions) writer.raw(bytes);
    writer.raw(behind);
    return std::move(writer).bytes();
}

std::string refusal(const LedgerParams& ledger, Bytes raw) {
    const auto block = decode_block(ledger, std::move(raw));
    REQUIRE_FALSE(block.has_value());
    REQUIRE(block.error().code == ErrorCode::corrupt);
    return block.error().what;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("block: the genesis block of Bitcoin is read", "[chain][block]") {
    const auto block = decode_block(
        btc(),
        hex_bytes("0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd"
                  "7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c"
                  "01010000000100000000000000000000000000000000000000000000000000000000000000"
                  "00ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e"
                  "63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f72206261"
                  "6e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e0"
                  "3909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6b"
                  "f11d5fac00000000"));
    REQUIRE(block.has_value());
    REQUIRE(block->hash == genesis_hash(btc()));
    REQUIRE(block->transactions.size() == 1);
    REQUIRE(block->transactions[0].is_coinbase());
    REQUIRE(block->transactions[0].outputs[0].amount == Amount(50'0000'0000));
    REQUIRE(block->extension_size == 0);
}

TEST_CASE("block: moving it keeps the views of its transactions", "[chain][block]") {
    auto decoded = decode_block(btc(), block_of({coinbase(), payment(1)}));
    REQUIRE(decoded.has_value());
    const std::uint8_t* script = decoded->transactions[1].outputs[0].script.data();
    const Block moved = std::move(*decoded);
    REQUIRE(moved.transactions[1].outputs[0].script.data() == script);
    REQUIRE(script > moved.raw.data());
    REQUIRE(script < moved.raw.data() + moved.raw.size());
}

TEST_CASE("block: cut off at any byte it is refused", "[chain][block]") {
    for (const Bytes& raw : {block_of({coinbase(), payment(1), payment(2)}),
                             block_of({coinbase(), hogex()}, Bytes{0x01, 0xAA})}) {
        for (std::size_t size = 0; size < raw.size(); ++size) {
            CAPTURE(size);
            const Bytes cut(raw.begin(), raw.begin() + static_cast<std::ptrdiff_t>(size));
            REQUIRE_FALSE(refusal(ltc(), cut).empty());
        }
        REQUIRE(decode_block(ltc(), raw).has_value());
    }
}

TEST_CASE("block: the refusal names transaction and byte", "[chain][block]") {
    Bytes raw = block_of({coinbase(), payment(1)});
    raw.pop_back();
    const std::string what = refusal(btc(), raw);
    CAPTURE(what);
    REQUIRE(contains(what, "transaction 1, at byte 200 of 203: the bytes end too early"));
}

TEST_CASE("block: another Merkle root than the header's is refused", "[chain][block]") {
    Bytes raw = block_of({coinbase(), payment(1)});
    raw.back() ^= 1U;  // the lock time
    REQUIRE(contains(refusal(btc(), raw), "Merkle root"));
}

TEST_CASE("block: repeated transactions under the same root are refused", "[chain][block]") {
    const std::vector<Bytes> honest = {coinbase(), payment(1), payment(2)};
    const std::vector<Bytes> repeated = {coinbase(), payment(1), payment(2), payment(2)};
    const auto good = decode_block(btc(), block_of(honest));
    REQUIRE(good.has_value());
    const Bytes raw = block_of(repeated);
    REQUIRE(decode_header(ByteView(raw).first(80))->merkle_root == good->header.merkle_root);
    REQUIRE(contains(refusal(btc(), raw), "CVE-2012-2459"));
}

TEST_CASE("block: exactly the first transaction is a coinbase", "[chain][block]") {
    REQUIRE(contains(refusal(btc(), block_of({payment(1)})), "transaction 0 is not a coinbase"));
    REQUIRE(contains(refusal(btc(), block_of({coinbase(), payment(1), coinbase()})),
                     "transaction 2 is a second coinbase"));
}

TEST_CASE("block: without transactions or with too many it is refused", "[chain][block]") {
    Bytes raw(80);
    raw.push_back(0);
    REQUIRE(contains(refusal(btc(), raw), "has no transactions"));
    raw.back() = 0xFE;
    raw.insert(raw.end(), 4, 0xFF);
    REQUIRE(contains(refusal(btc(), raw), "a count is larger than the bytes behind it can hold"));
}

TEST_CASE("block: bytes behind the last transaction are refused", "[chain][block]") {
    for (const LedgerParams& ledger : all_ledgers()) {
        CAPTURE(ledger.name);
        const Bytes raw = block_of({coinbase(), payment(1)}, Bytes{0x01, 0xAA});
        REQUIRE(contains(refusal(ledger, raw), "2 more bytes follow"));
    }
}

TEST_CASE("block: Litecoin's extension block follows a HogEx", "[chain][block]") {
    const Bytes raw = block_of({coinbase(), payment(1), hogex()}, Bytes{0x01, 0xAA, 0xBB});
    const auto block = decode_block(ltc(), raw);
    REQUIRE(block.has_value());
    REQUIRE(block->extension_size == 3);
    REQUIRE(block->transactions.size() == 3);
    REQUIRE(block->transactions[2].is_hogex);
    REQUIRE(contains(refusal(btc(), raw), "unknown transaction flag"));
}

TEST_CASE("block: one with an extension block, as a node writes it", "[chain][block]") {
    const Bytes raw = hex_bytes(kMwebBlock);
    const auto block = decode_block(params(LedgerId::ltc_regtest), raw);
    REQUIRE(block.has_value());
    REQUIRE(text(block->hash) ==
            "af5c06a8eb38d8dd56a79560b4e00a67ef5f814b292f576cde3714e89e03e578");
    REQUIRE(block->transactions.size() == 3);
    const Transaction& payment = block->transactions[1];
    REQUIRE(text(payment.txid) ==
            "eb299aeecdd152669f576ca00f50fceb67875fe23ac6a04e302989aaf97c707d");
    REQUIRE(text(payment.wtxid) ==
            "2e8dffc45cd251aa89c10cd92ad812b52c87455b4b477f909644a7b4ea2a51a9");
    const Transaction& hogex = block->transactions[2];
    REQUIRE(hogex.is_hogex);
    REQUIRE_FALSE(hogex.has_witness);
    REQUIRE(text(hogex.txid) == "c6a90c53350aca78eef94ea7c6dd94a9c8778f40d64cd9388d2e4057400ead76");
    REQUIRE(hogex.wtxid.value == hogex.txid.value);
    REQUIRE(hogex.size == 97);
    REQUIRE(block->extension_size == 168);
}

TEST_CASE("block: a HogEx without its extension block is refused", "[chain][block]") {
    for (const Bytes& behind : {Bytes{}, Bytes{0x00}, Bytes{0x01}, Bytes{0x00, 0xAA}, Bytes{2, 2}})
        REQUIRE(contains(refusal(ltc(), block_of({coinbase(), hogex()}, behind)),
                         "the extension block that its HogEx announces is missing"));
}

TEST_CASE("block: a HogEx anywhere but last is refused", "[chain][block]") {
    const Bytes behind = {0x01, 0xAA};
    REQUIRE(contains(refusal(ltc(), block_of({coinbase(), hogex(), payment(1)}, behind)),
                     "transaction 1 is a HogEx"));
    Bytes coinbase_hogex = coinbase();
    const Bytes marker = {0x00, 0x08};
    coinbase_hogex.insert(coinbase_hogex.begin() + 4, marker.begin(), marker.end());
    coinbase_hogex.insert(coinbase_hogex.end() - 4, std::uint8_t{0});
    REQUIRE(
        contains(refusal(ltc(), block_of({coinbase_hogex}, behind)), "transaction 0 is a HogEx"));
}

}  // namespace wagetrail
