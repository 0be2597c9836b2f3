#include "heuristics/co_spend.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

constexpr std::string_view kNumbers =
    "02203f16c6f40162ab686621ef3000b04e75418a0c0cb2d8aebeac894ae360ac1e7802205dc15ecdfc3507ac48e168"
    "1a33eb60996631bf6bf5bc0a0682c4db743ce7ca2b";

Bytes hex(const std::string& text) {
    const auto bytes = from_hex(text);
    REQUIRE(bytes.has_value());
    return *bytes;
}

/// A signature of that hash type as the only push of a scriptSig.
Bytes signed_with(const std::string& hash_type) {
    return hex("473044" + std::string(kNumbers) + hash_type);
}

const Address kLegacy{.ledger = LedgerId::btc, .kind = AddressKind::p2pkh, .payload = Bytes(20)};

/// Two inputs with that scriptSig, one output: the second input has no output of its number.
Transaction spend(const Bytes& script_sig) {
    Transaction tx;
    tx.inputs.resize(2);
    for (TxIn& in : tx.inputs) in.script_sig = script_sig;
    tx.outputs.resize(1);
    return tx;
}

bool vouches(const Bytes& script_sig, std::uint32_t vin = 0) {
    return vouches_for_all_inputs(spend(script_sig), InIndex(vin), kLegacy);
}

}  // namespace

TEST_CASE("co_spend: a signature over all inputs vouches, one over its own does not",
          "[heuristics][co_spend]") {
    CHECK(vouches(signed_with("01")));
    CHECK(vouches(signed_with("02")));
    CHECK(vouches(signed_with("03")));
    CHECK(vouches(signed_with("00")));  // no hash type has this number; old rules take it as ALL
    CHECK_FALSE(vouches(signed_with("81")));
    CHECK_FALSE(vouches(signed_with("83")));
    CHECK_FALSE(vouches(hex("51")));
    CHECK_FALSE(vouches(Bytes()));
}

TEST_CASE("co_spend: signatures of the time before BIP66 vouch", "[heuristics][co_spend]") {
    const std::string numbers(kNumbers);
    CHECK(vouches(hex("483044" + numbers + "ab01")));  // a byte too many
    CHECK(vouches(hex("48308144" + numbers + "01")));  // a length in long form
    CHECK(
        vouches(hex("493046"
                    "0222"
                    "0000" +
                    numbers.substr(4) + "01")));  // two zeros in front
    CHECK_FALSE(vouches(hex("48308144" + numbers + "81")));
}

TEST_CASE("co_spend: SINGLE without its output signs nothing before SegWit",
          "[heuristics][co_spend]") {
    CHECK(vouches(signed_with("03"), 0));
    CHECK_FALSE(vouches(signed_with("03"), 1));
    CHECK(vouches(signed_with("01"), 1));

    // BIP143 signs the inputs even then.
    Transaction tx = spend({});
    const Bytes item = hex("473044" + std::string(kNumbers) + "03");
    tx.inputs[1].witness = {.count = 1, .raw = item};
    const Address segwit{
        .ledger = LedgerId::btc, .kind = AddressKind::p2wpkh, .payload = Bytes(20)};
    CHECK(vouches_for_all_inputs(tx, InIndex(1), segwit));
}

TEST_CASE("co_spend: a taproot script path is no signature", "[heuristics][co_spend]") {
    const Address taproot{.ledger = LedgerId::btc, .kind = AddressKind::p2tr, .payload = Bytes(32)};
    Transaction tx = spend({});
    const auto with = [&](std::uint32_t count, const std::string& items) {
        const Bytes raw = hex(items);
        tx.inputs[0].witness = {.count = count, .raw = raw};
        return vouches_for_all_inputs(tx, InIndex(0), taproot);
    };
    const std::string sig = "40" + std::string(128, '1');
    const std::string control = "21c0" + std::string(64, '2');
    CHECK(with(1, sig));
    CHECK(with(1, "41" + std::string(128, '1') + "01"));
    CHECK_FALSE(with(1, "41" + std::string(128, '1') + "81"));
    CHECK(with(2, sig + "0150"));            // an annex behind it
    CHECK(with(3, sig + "0151" + control));  // a signature for the script
    CHECK_FALSE(with(2, sig + control));     // the script has the size of one
}

}  // namespace wagetrail
