#include "chain/keys.h"

#include "chain/base/sha256.h"
#include "chain/script.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

constexpr std::string_view kCompressed =
    "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
constexpr std::string_view kX = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
constexpr std::string_view kY = "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

Bytes hex(std::string_view text) {
    return *from_hex(text);
}
Bytes long_form(std::string_view first) {
    return hex(std::string(first) + std::string(kX) + std::string(kY));
}
PublicKey generator() {
    return *parse_public_key(hex(kCompressed));
}

Address spent(AddressKind kind, ByteView payload) {
    return {.ledger = LedgerId::btc, .kind = kind, .payload = to_bytes(payload)};
}

const Bytes kSignature(71, 0x30);

Bytes pushes(const std::vector<Bytes>& items) {
    Bytes script;
    for (const Bytes& item : items) append_push(script, item);
    return script;
}

/// Witness items in wire form; all shorter than 253 bytes.
Bytes wire(const std::vector<Bytes>& items) {
    return pushes(items);
}

Bytes nested_script(ByteView hash) {
    Bytes script = {kOp0, 20};
    append(script, hash);
    return script;
}

}  // namespace

TEST_CASE("keys: every encoding of a point is one key", "[chain][keys]") {
    REQUIRE(parse_public_key(long_form("04")) == generator());
    REQUIRE(parse_public_key(long_form("06")) == generator());  // hybrid, even y
    REQUIRE_FALSE(parse_public_key(long_form("07")).has_value());
    const auto encoded = uncompressed(generator());
    REQUIRE(equal(encoded, long_form("04")));
}

TEST_CASE("keys: what is no point is no key", "[chain][keys]") {
    for (const std::string& text :
         {std::string(), std::string("02"), "05" + std::string(kX), "02" + std::string(64, '0'),
          "02" + std::string(64, 'f'), "02" + std::string(63, '0') + "5",
          "04" + std::string(kX) + std::string(kX), std::string(kCompressed) + "00"}) {
        CAPTURE(text);
        REQUIRE_FALSE(parse_public_key(hex(text)).has_value());
    }
}

TEST_CASE("keys: one key owns seven addresses", "[chain][keys]") {
    // The generator point: its addresses are in every wallet's tests.
    std::vector<std::string> texts;
    for (const Address& address : addresses_of(generator(), LedgerId::btc))
        texts.push_back(text(address));
    REQUIRE(texts == std::vector<std::string>{
                         "pk(" + std::string(kCompressed) + ")",
                         "pk(" + to_hex(long_form("04")) + ")",
                         "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH",
                         "1EHNa6Q4Jz2uvNExL497mE43ikXhwF6kZm",
                         "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
                         "3JvL6Ymt8MVWiCNHC7oWU6nLeHNJKLZGLN",
                         "bc1pmfr3p9j00pfxjh0zmgp99y8zftmd3s5pmedqhyptwy6lm87hf5sspknck9",
                     });
    REQUIRE(text(addresses_of(generator(), LedgerId::ltc)[2])[0] == 'L');
}

TEST_CASE("keys: BIP341's key without scripts is tweaked as its vector says", "[chain][keys]") {
    const auto key =
        parse_public_key(hex("02d6889cb081036e0faefa3a35157ad71086b123b2b144b649798b494c300a961d"));
    REQUIRE(key.has_value());
    REQUIRE(to_hex(taproot_output_key(*key)) ==
            "53a1f6e454df1aa2776a2814a721372d6258050de330b3c6d10ee8f4e0dda343");
    REQUIRE(text(addresses_of(*key, LedgerId::btc)[6]) ==
            "bc1p2wsldez5mud2yam29q22wgfh9439spgduvct83k3pm50fcxa5dps59h4z5");
    // The internal key is x only: the other point with that x gives the same output.
    PublicKey odd = *key;
    odd.compressed[0] = 3;
    REQUIRE(taproot_output_key(odd) == taproot_output_key(*key));
}

TEST_CASE("keys: BIP86's account gives its output keys", "[chain][keys]") {
    for (const auto& [internal, output] :
         {std::pair{"83dfe85a3151d2517290da461fe2815591ef69f2b18a2ce63f01697a8b313145",
                    "a82f29944d65b86ae6b5e5cc75e294ead6c59391a1edc5e016e3498c67fc7bbb"},
          std::pair{"399f1b2f4393f29a18c937859c5dd8a77350103157eb880f02e8c08214277cef",
                    "882d74e5d0572d5a816cef0041a96b6c1de832f6f9676d9605c44d5e9a97d3dc"}}) {
        const auto key = parse_public_key(hex(std::string("02") + internal));
        REQUIRE(key.has_value());
        REQUIRE(to_hex(taproot_output_key(*key)) == output);
    }
}

TEST_CASE("keys: a P2PK spend reveals the key of its output", "[chain][keys]") {
    const TxIn in;
    for (const Bytes& form : {hex(kCompressed), long_form("04"), long_form("06")})
        REQUIRE(revealed_key(in, spent(AddressKind::p2pk, form)) == generator());
    REQUIRE_FALSE(revealed_key(in, spent(AddressKind::p2pk, Bytes(33, 3))).has_value());
}

TEST_CASE("keys: a P2PKH spend reveals the key whose hash it pays", "[chain][keys]") {
    for (const Bytes& form : {hex(kCompressed), long_form("04"), long_form("06")}) {
        const Address address = spent(AddressKind::p2pkh, hash160(form));
        TxIn in;
        const Bytes usual = pushes({kSignature, form});
        in.script_sig = usual;
        REQUIRE(revealed_key(in, address) == generator());

        Bytes unusual = usual;  // consensus allows operations around the pushes
        unusual.insert(unusual.begin(), 0x61);
        unusual.push_back(0x61);
        in.script_sig = unusual;
        REQUIRE(revealed_key(in, address) == generator());

        const Bytes cut(usual.begin(), usual.end() - 1);
        in.script_sig = cut;
        REQUIRE_FALSE(revealed_key(in, address).has_value());
        in.script_sig = {};
        REQUIRE_FALSE(revealed_key(in, address).has_value());

        in.script_sig = usual;
        REQUIRE_FALSE(revealed_key(in, spent(AddressKind::p2pkh, Bytes(20, 1))).has_value());
    }
}

TEST_CASE("keys: a P2WPKH spend reveals the second item of its witness", "[chain][keys]") {
    const Address address = spent(AddressKind::p2wpkh, hash160(hex(kCompressed)));
    TxIn in;
    const Bytes raw = wire({kSignature, hex(kCompressed)});
    in.witness = {.count = 2, .raw = raw};
    REQUIRE(revealed_key(in, address) == generator());
    in.witness.count = 1;
    REQUIRE_FALSE(revealed_key(in, address).has_value());
    in.witness = {.count = 2, .raw = ByteView(raw).first(raw.size() - 1)};
    REQUIRE_FALSE(revealed_key(in, address).has_value());
    in.witness = {};
    REQUIRE_FALSE(revealed_key(in, address).has_value());
    const Bytes swapped = wire({hex(kCompressed), kSignature});
    in.witness = {.count = 2, .raw = swapped};
    REQUIRE_FALSE(revealed_key(in, address).has_value());
}

TEST_CASE("keys: a P2SH-P2WPKH spend reveals its key", "[chain][keys]") {
    const Bytes script = nested_script(hash160(hex(kCompressed)));
    const Address address = spent(AddressKind::p2sh, hash160(script));
    const Bytes push = pushes({script});
    const Bytes raw = wire({kSignature, hex(kCompressed)});
    TxIn in;
    in.script_sig = push;
    in.witness = {.count = 2, .raw = raw};
    REQUIRE(revealed_key(in, address) == generator());
    REQUIRE_FALSE(revealed_key(in, spent(AddressKind::p2sh, Bytes(20, 9))).has_value());
    in.witness = {};
    REQUIRE_FALSE(revealed_key(in, address).has_value());
}

TEST_CASE("keys: other spends reveal no single key", "[chain][keys]") {
    const Bytes sig = pushes({kSignature, hex(kCompressed)});
    TxIn in;
    in.script_sig = sig;
    for (const AddressKind kind :
         {AddressKind::p2sh, AddressKind::p2wsh, AddressKind::p2tr, AddressKind::multisig,
          AddressKind::op_return, AddressKind::witness, AddressKind::nonstandard})
        REQUIRE_FALSE(revealed_key(in, spent(kind, Bytes(32, 7))).has_value());
}

TEST_CASE("keys: a hidden script of one key reveals it", "[chain][keys]") {
    const Bytes key = hex(kCompressed);
    Bytes p2pk{33};
    append(p2pk, key);
    p2pk.push_back(kOpCheckSig);
    const Bytes p2pkh = script_of(spent(AddressKind::p2pkh, hash160(key)));
    TxIn in;
    SECTION("in P2SH, behind what satisfies it") {
        Bytes script_sig = pushes({kSignature});
        append_push(script_sig, p2pk);
        in.script_sig = script_sig;
        CHECK(revealed_key(in, spent(AddressKind::p2sh, hash160(p2pk))) == generator());
        CHECK_FALSE(revealed_key(in, spent(AddressKind::p2sh, Bytes(20, 1))).has_value());
    }
    SECTION("in P2SH, a hash of the key") {
        Bytes script_sig = pushes({kSignature});
        append_push(script_sig, key);
        append_push(script_sig, p2pkh);
        in.script_sig = script_sig;
        CHECK(revealed_key(in, spent(AddressKind::p2sh, hash160(p2pkh))) == generator());
    }
    SECTION("in P2WSH and P2SH-P2WSH") {
        const Bytes raw = wire({kSignature, p2pk});
        in.witness = {.count = 2, .raw = raw};
        const Address native = spent(AddressKind::p2wsh, sha256(p2pk).view());
        CHECK(revealed_key(in, native) == generator());
        CHECK_FALSE(revealed_key(in, spent(AddressKind::p2wsh, Bytes(32, 1))).has_value());
        const Bytes program = script_of(native);
        Bytes script_sig;
        append_push(script_sig, program);
        in.script_sig = script_sig;
        CHECK(revealed_key(in, spent(AddressKind::p2sh, hash160(program))) == generator());
    }
    SECTION("a multisig script reveals no one key") {
        Bytes one_of_one{kOp1, 33};
        append(one_of_one, key);
        one_of_one.push_back(kOp1);
        one_of_one.push_back(kOpCheckMultisig);
        const Bytes raw = wire({Bytes(), kSignature, one_of_one});
        in.witness = {.count = 3, .raw = raw};
        CHECK_FALSE(
            revealed_key(in, spent(AddressKind::p2wsh, sha256(one_of_one).view())).has_value());
    }
}

TEST_CASE("keys: all encodings of a key are seen as one, points or not", "[chain][keys]") {
    const PublicKey key = generator();
    const auto long_form = uncompressed(key);
    Bytes hybrid = to_bytes(long_form);
    hybrid[0] = static_cast<std::uint8_t>(6 + (hybrid.back() & 1U));
    for (const Bytes& form : {to_bytes(key.compressed), to_bytes(long_form), hybrid}) {
        const auto seen = seen_key({}, spent(AddressKind::p2pk, form));
        REQUIRE(seen.has_value());
        CHECK(seen->compressed == key.compressed);
        CHECK(lift(*seen) == key);
    }
    const auto no_point = seen_key({}, spent(AddressKind::p2pk, Bytes(33, 3)));
    REQUIRE(no_point.has_value());
    CHECK_FALSE(lift(*no_point).has_value());
}

TEST_CASE("keys: before taproot a key has the same addresses without P2TR", "[chain][keys]") {
    std::vector<Address> all = addresses_of(generator(), LedgerId::btc);
    REQUIRE(all.back().kind == AddressKind::p2tr);
    all.pop_back();
    CHECK(addresses_before_taproot(generator(), LedgerId::btc) == all);
}

}  // namespace wagetrail
