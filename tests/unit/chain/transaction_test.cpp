#include "chain/bitcoin/transaction.h"

#include <catch2/catch.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

namespace wagetrail {
namespace {

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string whole;
    for (const std::string_view part : parts) whole += part;
    return whole;
}

/// One input, one output; the pieces of the hexadecimal are joined as given.
const std::string kInput =
    "1111111111111111111111111111111111111111111111111111111111111111"
    "02000000"
    "0151"
    "fdffffff";
const std::string kOutput = "00e1f505000000000151";
const std::string kLegacy = joined({"02000000", "01", kInput, "01", kOutput, "07000000"});
const std::string kSegwit =
    joined({"02000000", "0001", "01", kInput, "01", kOutput, "02", "03010203", "00", "07000000"});
const std::string kHogex =
    joined({"02000000", "0008", "01", kInput, "01", kOutput, "00", "07000000"});
const std::string kHogexWithWitness =
    joined({"02000000", "0009", "01", kInput, "01", kOutput, "01", "0151", "00", "07000000"});

// The example of BIP143 for P2WPKH inside P2SH, signed, with the ids that nodes give it.
const std::string kBip143 =
    "01000000000101db6b1b20aa0fd7b23880be2ecbd4a98130974cf4748fb66092ac4d3ceb1a5477010000001716"
    "001479091972186c449eb1ded22b78e40d009bdf0089feffffff02b8b4eb0b000000001976a914a457b684d7f0d5"
    "39a46a45bbc043f35b59d0d96388ac0008af2f000000001976a914fd270b1ee6abcaea97fea7ad0402e8bd8ad6d7"
    "7c88ac02473044022047ac8e878352d3ebbde1c94ce3a10d057c24175747116f8288e5d794d12d482f0220217f36"
    "a485cae903c713331d877c1f64677e3622ad4010726870540656fe9dcb012103ad1d8e89212f0b92c74d23bb710c"
    "00662ad1470198ac48c43f7d6f93a2a2687392040000";

Bytes bytes_of(const std::string& hex) {
    const auto bytes = from_hex(hex);
    REQUIRE(bytes.has_value());
    return *bytes;
}

std::string refusal(const std::string& hex, bool mweb = false) {
    const Bytes bytes = bytes_of(hex);
    const auto tx = decode_transaction(bytes, mweb);
    REQUIRE_FALSE(tx.has_value());
    REQUIRE(tx.error().code == ErrorCode::corrupt);
    return tx.error().what;
}

}  // namespace

TEST_CASE("transaction: every field is read", "[chain][transaction]") {
    const Bytes bytes = bytes_of(kSegwit);
    const auto tx = decode_transaction(bytes, false);
    REQUIRE(tx.has_value());
    REQUIRE(tx->version == 2);
    REQUIRE(tx->lock_time == 7);
    REQUIRE(tx->size == bytes.size());
    REQUIRE(tx->has_witness);
    REQUIRE_FALSE(tx->is_hogex);
    REQUIRE_FALSE(tx->is_coinbase());
    REQUIRE(tx->inputs.size() == 1);
    REQUIRE(tx->inputs[0].prevout.vout == OutIndex(2));
    REQUIRE(to_hex(tx->inputs[0].script_sig) == "51");
    REQUIRE(tx->inputs[0].sequence == 0xFFFFFFFD);
    REQUIRE(tx->outputs.size() == 1);
    REQUIRE(tx->outputs[0].amount == Amount(100'000'000));
    REQUIRE(to_hex(tx->outputs[0].script) == "51");
    const auto items = tx->inputs[0].witness.items();
    REQUIRE(items.size() == 2);
    REQUIRE(to_hex(items[0]) == "010203");
    REQUIRE(items[1].empty());
}

TEST_CASE("transaction: scripts borrow the bytes they were read from", "[chain][transaction]") {
    const Bytes bytes = bytes_of(kLegacy);
    const auto tx = decode_transaction(bytes, false);
    REQUIRE(tx.has_value());
    REQUIRE(tx->outputs[0].script.data() == bytes.data() + bytes.size() - 5);
}

TEST_CASE("transaction: the ids are the ones nodes give", "[chain][transaction]") {
    const Bytes bytes = bytes_of(kBip143);
    const auto tx = decode_transaction(bytes, false);
    REQUIRE(tx.has_value());
    REQUIRE(text(tx->txid) == "ef48d9d0f595052e0f8cdcf825f7a5e50b6a388a81f206f3f4846e5ecd7a0c23");
    REQUIRE(tx->wtxid.value != tx->txid.value);

    const Bytes stripped = encode(*tx, Serialise::without_witness);
    const auto without = decode_transaction(stripped, false);
    REQUIRE(without.has_value());
    REQUIRE(without->txid == tx->txid);
    REQUIRE(without->wtxid.value == tx->txid.value);
}

TEST_CASE("transaction: encoding what was decoded gives the same bytes", "[chain][transaction]") {
    for (const std::string& hex : {kLegacy, kSegwit, kBip143, kHogex, kHogexWithWitness}) {
        CAPTURE(hex);
        const Bytes bytes = bytes_of(hex);
        const auto tx = decode_transaction(bytes, true);
        REQUIRE(tx.has_value());
        REQUIRE(to_hex(encode(*tx, Serialise::with_witness)) == hex);
    }
}

TEST_CASE("transaction: cut off at any byte it is refused", "[chain][transaction]") {
    for (const std::string& hex : {kLegacy, kSegwit, kBip143, kHogex, kHogexWithWitness}) {
        for (std::size_t size = 0; size < hex.size(); size += 2) {
            CAPTURE(hex, size);
            REQUIRE_FALSE(refusal(hex.substr(0, size), true).empty());
        }
    }
}

TEST_CASE("transaction: bytes behind the end are refused", "[chain][transaction]") {
    REQUIRE(refusal(kLegacy + "00") ==
            "transaction, at byte 62 of 63: the transaction has ended and more bytes follow");
}

TEST_CASE("transaction: a witness flag without a witness is refused", "[chain][transaction]") {
    const std::string hex =
        joined({"02000000", "0001", "01", kInput, "01", kOutput, "00", "07000000"});
    REQUIRE(refusal(hex).find("all witnesses are empty") != std::string::npos);
    REQUIRE(refusal(hex, true).find("all witnesses are empty") != std::string::npos);
}

TEST_CASE("transaction: one empty witness beside a full one is fine", "[chain][transaction]") {
    const std::string hex = joined(
        {"02000000", "0001", "02", kInput, kInput, "01", kOutput, "00", "010151", "07000000"});
    const Bytes bytes = bytes_of(hex);
    const auto tx = decode_transaction(bytes, false);
    REQUIRE(tx.has_value());
    REQUIRE(tx->inputs[0].witness.items().empty());
    REQUIRE(tx->inputs[1].witness.count == 1);
}

TEST_CASE("transaction: flags other than the witness's are refused", "[chain][transaction]") {
    const std::string rest = joined({"01", kInput, "01", kOutput, "010151", "07000000"});
    for (const std::string flag : {"02", "03", "04", "10", "80", "ff"}) {
        CAPTURE(flag);
        REQUIRE(refusal(joined({"02000000", "00", flag, rest}), false)
                    .find("unknown transaction flag") != std::string::npos);
        REQUIRE(refusal(joined({"02000000", "00", flag, rest}), true)
                    .find("unknown transaction flag") != std::string::npos);
    }
}

TEST_CASE("transaction: without inputs or outputs it is refused", "[chain][transaction]") {
    const std::string none = "a transaction without inputs";
    REQUIRE(refusal(joined({"02000000", "0000", "07000000"})).find(none) != std::string::npos);
    REQUIRE(refusal(joined({"02000000", "0001", "00", "01", kOutput, "07000000"})).find(none) !=
            std::string::npos);
    REQUIRE(refusal(joined({"02000000", "01", kInput, "00", "07000000"}))
                .find("a transaction without outputs") != std::string::npos);
}

TEST_CASE("transaction: lengths longer than needed are refused", "[chain][transaction]") {
    const std::string shortest = "not in its shortest form";
    const std::string head = "02000000";
    const std::string tail = "07000000";
    const std::string prevout = kInput.substr(0, 72);
    for (const std::string& hex : {
             joined({head, "fd0100", kInput, "01", kOutput, tail}),
             joined({head, "01", kInput, "fe01000000", kOutput, tail}),
             joined({head, "01", prevout, "fd010051", "fdffffff", "01", kOutput, tail}),
             joined(
                 {head, "0001", "01", kInput, "01", kOutput, "ff0100000000000000", "0151", tail}),
             joined({head, "0001", "01", kInput, "01", kOutput, "01", "fd010051", tail}),
         }) {
        CAPTURE(hex);
        REQUIRE(refusal(hex).find(shortest) != std::string::npos);
    }
}

TEST_CASE("transaction: counts that the bytes cannot hold are refused", "[chain][transaction]") {
    const std::string count = "a count is larger than the bytes behind it can hold";
    REQUIRE(refusal(joined({"02000000", "ffffffffffffffffff", kInput})).find(count) !=
            std::string::npos);
    REQUIRE(refusal(joined({"02000000", "01", kInput, "feffffffff", kOutput})).find(count) !=
            std::string::npos);
    REQUIRE(refusal(joined({"02000000", "0001", "01", kInput, "01", kOutput, "feffffff7f", "0151"}))
                .find(count) != std::string::npos);
}

TEST_CASE("transaction: more than all coins in one output is refused", "[chain][transaction]") {
    const auto paying = [](const std::string& amount) {
        return joined({"02000000", "01", kInput, "01", amount, "0151", "07000000"});
    };
    const Bytes most = bytes_of(paying("00001d68c1d71d00"));
    REQUIRE(decode_transaction(most, false).has_value());
    for (const std::string amount : {"ffffffffffffffff", "0000000000000080", "01001d68c1d71d00"}) {
        CAPTURE(amount);
        REQUIRE(refusal(paying(amount)).find("more than all coins") != std::string::npos);
    }
}

TEST_CASE("transaction: a HogEx is read for Litecoin only", "[chain][transaction]") {
    for (const std::string& hex : {kHogex, kHogexWithWitness}) {
        const Bytes bytes = bytes_of(hex);
        const auto tx = decode_transaction(bytes, true);
        REQUIRE(tx.has_value());
        REQUIRE(tx->is_hogex);
        REQUIRE(refusal(hex, false).find("unknown transaction flag") != std::string::npos);
    }
}

TEST_CASE("transaction: ids of a HogEx leave out flag and pointer", "[chain][transaction]") {
    const Bytes hogex_bytes = bytes_of(kHogex);
    const Bytes legacy_bytes = bytes_of(kLegacy);
    const auto hogex = decode_transaction(hogex_bytes, true);
    const auto legacy = decode_transaction(legacy_bytes, true);
    REQUIRE(hogex->txid == legacy->txid);
    REQUIRE(hogex->wtxid == legacy->wtxid);
    REQUIRE(hogex->size == legacy->size + 3);

    const Bytes both_bytes = bytes_of(kHogexWithWitness);
    const Bytes segwit_bytes = bytes_of(
        joined({"02000000", "0001", "01", kInput, "01", kOutput, "01", "0151", "07000000"}));
    const auto both = decode_transaction(both_bytes, true);
    const auto segwit = decode_transaction(segwit_bytes, true);
    REQUIRE(both->txid == legacy->txid);
    REQUIRE(both->wtxid == segwit->wtxid);
}

TEST_CASE("transaction: an MWEB transaction inside is refused", "[chain][transaction]") {
    const std::string hex =
        joined({"02000000", "0008", "01", kInput, "01", kOutput, "01", "07000000"});
    REQUIRE(refusal(hex, true).find("outside of the extension block") != std::string::npos);
}

TEST_CASE("transaction: one too large for a block is refused", "[chain][transaction]") {
    Writer writer;
    writer.raw(bytes_of(joined({"02000000", "01", kInput, "01", "0000000000000000"})));
    writer.compact_size(4'000'000);
    writer.raw(Bytes(4'000'000));
    writer.little<4>(0U);
    const auto tx = decode_transaction(writer.bytes(), false);
    REQUIRE_FALSE(tx.has_value());
    REQUIRE(tx.error().what.find("larger than a block may be") != std::string::npos);
}

TEST_CASE("transaction: a coinbase is one input that spends nothing", "[chain][transaction]") {
    const std::string nothing = std::string(64, '0') + joined({"ffffffff", "0151", "ffffffff"});
    const Bytes one = bytes_of(joined({"01000000", "01", nothing, "01", kOutput, "00000000"}));
    REQUIRE(decode_transaction(one, false)->is_coinbase());
    const Bytes two =
        bytes_of(joined({"01000000", "02", nothing, kInput, "01", kOutput, "00000000"}));
    REQUIRE_FALSE(decode_transaction(two, false)->is_coinbase());
}

}  // namespace wagetrail
