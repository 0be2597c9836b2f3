#include "chain/hidden_script.h"

#include "chain/base/sha256.h"
#include "chain/script.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

const std::string kGenerator = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
const std::string kNoPoint = "0303030303030303030303030303030303030303030303030303030303030303";

Bytes hex(const std::string& text) {
    const auto bytes = from_hex(text);
    REQUIRE(bytes.has_value());
    return *bytes;
}

/// 1 of 2; the second is no point.
Bytes multisig() {
    return hex("512102" + kGenerator + "2103" + kNoPoint + "52ae");
}

Address address(AddressKind kind, ByteView payload) {
    return {.ledger = LedgerId::btc, .kind = kind, .payload = to_bytes(payload)};
}

/// A stack of short items in wire form.
struct Stack {
    explicit Stack(const std::vector<Bytes>& items) {
        for (const Bytes& item : items) {
            REQUIRE(item.size() < 0xFD);
            raw.push_back(static_cast<std::uint8_t>(item.size()));
            append(raw, item);
        }
        count = static_cast<std::uint32_t>(items.size());
    }
    [[nodiscard]] Witness witness() const { return {.count = count, .raw = raw}; }

    Bytes raw;
    std::uint32_t count = 0;
};

TxIn spending(const Witness& witness, ByteView script_sig = {}) {
    TxIn in;
    in.script_sig = script_sig;
    in.witness = witness;
    return in;
}

}  // namespace

TEST_CASE("hidden_script: a multisig has members and no owner", "[chain][script]") {
    const Bytes script = multisig();
    const auto members = multisig_members(script);
    REQUIRE(members.has_value());
    CHECK(members->required == 1);
    CHECK(members->total == 2);
    REQUIRE(members->keys.size() == 1);  // the second is no point
    CHECK(members->keys[0] == parse_public_key(hex("02" + kGenerator)));
    CHECK_FALSE(multisig_members({}).has_value());
    CHECK_FALSE(multisig_members(hex("2102" + kGenerator + "ac")).has_value());
}

TEST_CASE("hidden_script: redeem scripts, witness scripts and leaves", "[chain][script]") {
    const Bytes script = multisig();
    Bytes script_sig = hex("00");
    append_push(script_sig, script);
    const Address p2sh = address(AddressKind::p2sh, hash160(script));
    const auto redeem = hidden_script(spending({}, script_sig), p2sh);
    REQUIRE(redeem.has_value());
    CHECK(equal(redeem->script, script));
    CHECK_FALSE(redeem->is_tapscript);

    const Stack stack({{}, script});
    const Sha256Hash hash = sha256(script);
    const Address p2wsh = address(AddressKind::p2wsh, hash.view());
    const auto witness = hidden_script(spending(stack.witness()), p2wsh);
    REQUIRE(witness.has_value());
    CHECK(equal(witness->script, script));

    Bytes program = hex("0020");
    append(program, hash.view());
    Bytes nested_sig;
    append_push(nested_sig, program);
    const Address nested = address(AddressKind::p2sh, hash160(program));
    const auto both = hidden_script(spending(stack.witness(), nested_sig), nested);
    REQUIRE(both.has_value());
    CHECK(equal(both->script, script));

    const Address p2tr = address(AddressKind::p2tr, hex(kGenerator));
    const Bytes control = hex("c0" + kGenerator + kNoPoint);
    const Stack leaf({{1}, script, control, {0x50, 1}});  // the last is an annex
    const auto tapscript = hidden_script(spending(leaf.witness()), p2tr);
    REQUIRE(tapscript.has_value());
    CHECK(equal(tapscript->script, script));
    CHECK(tapscript->is_tapscript);
}

TEST_CASE("hidden_script: what is not what the hash says is nothing", "[chain][script]") {
    const Bytes script = multisig();
    Bytes script_sig;
    append_push(script_sig, script);
    const Bytes other(20, 7);
    CHECK_FALSE(hidden_script(spending({}, script_sig), address(AddressKind::p2sh, other)));
    CHECK_FALSE(hidden_script(spending({}), address(AddressKind::p2sh, other)));
    const Stack stack({{}, script});
    CHECK_FALSE(
        hidden_script(spending(stack.witness()), address(AddressKind::p2wsh, Bytes(32, 7))));
    CHECK_FALSE(hidden_script(spending({}), address(AddressKind::p2wsh, Bytes(32, 7))));
    CHECK_FALSE(hidden_script(spending(stack.witness()), address(AddressKind::p2wpkh, other)));
    const Address p2tr = address(AddressKind::p2tr, Bytes(32, 7));
    CHECK_FALSE(hidden_script(spending(Stack({Bytes(64, 1)}).witness()), p2tr));  // the key path
    CHECK_FALSE(hidden_script(spending(Stack({script, Bytes(34, 0)}).witness()), p2tr));
    CHECK_FALSE(hidden_script(spending(Stack({script, {}}).witness()), p2tr));
}

TEST_CASE("hidden_script: multi_a of a leaf", "[chain][script]") {
    const auto leaf = [](const std::vector<std::string>& checks, const std::string& rest) {
        std::string script;
        for (const std::string& check : checks)
            script.append("20").append(kGenerator).append(check);
        return hex(script.append(rest));
    };
    const auto members = tapscript_members(leaf({"ac", "ba", "ba"}, "529c"));
    REQUIRE(members.has_value());
    CHECK(members->required == 2);
    CHECK(members->total == 3);
    CHECK(members->keys.size() == 3);
    for (const Bytes& wrong :
         {leaf({"ac"}, ""), leaf({"ac", "ac"}, "529c"), leaf({"ac", "ba"}, "539c"),
          leaf({"ac", "ba"}, "52"), leaf({"ac", "ba"}, "529c51"), leaf({}, "")})
        CHECK_FALSE(tapscript_members(wrong).has_value());
}

}  // namespace wagetrail
