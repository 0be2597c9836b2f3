#include "chain/script.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

Bytes key(std::uint8_t first, std::size_t size) {
    Bytes bytes(size, 0x5A);
    bytes[0] = first;
    return bytes;
}

Bytes multisig(unsigned required, std::size_t keys, unsigned total) {
    Bytes script;
    append_count(script, required);
    for (std::size_t i = 0; i < keys; ++i) append_push(script, key(2, 33));
    append_count(script, total);
    script.push_back(kOpCheckMultisig);
    return script;
}

AddressKind kind(const Bytes& script) {
    return match_template(script).kind;
}

Bytes pay_to_key(const Bytes& public_key) {
    Bytes script;
    append_push(script, public_key);
    script.push_back(kOpCheckSig);
    return script;
}

}  // namespace

TEST_CASE("script: operations are walked with every kind of push", "[chain][script]") {
    const Bytes script = *from_hex("0201024c01aa4d0100bb4e01000000cc6a51");
    ScriptReader ops(script);
    for (const char* data : {"0102", "aa", "bb", "cc", "", ""}) {
        const auto op = ops.next();
        REQUIRE(op.has_value());
        REQUIRE(to_hex(op->data) == data);
    }
    REQUIRE_FALSE(ops.next().has_value());
    REQUIRE(ops.done());
}

TEST_CASE("script: a push beyond the end stops the walk", "[chain][script]") {
    for (const char* hex : {"01", "4c", "4c02aa", "4d01", "4d0200aa", "4e010000", "4effffffffaa"}) {
        CAPTURE(hex);
        const Bytes script = *from_hex(hex);
        ScriptReader ops(script);
        REQUIRE_FALSE(ops.next().has_value());
        REQUIRE_FALSE(ops.done());
    }
}

TEST_CASE("script: a key push is P2PK by its size and first byte alone", "[chain][script]") {
    for (const std::uint8_t first : Bytes{2, 3}) {
        REQUIRE(kind(pay_to_key(key(first, 33))) == AddressKind::p2pk);
        REQUIRE(kind(pay_to_key(key(first, 65))) == AddressKind::nonstandard);
    }
    for (const std::uint8_t first : Bytes{4, 6, 7}) {
        REQUIRE(kind(pay_to_key(key(first, 65))) == AddressKind::p2pk);
        REQUIRE(kind(pay_to_key(key(first, 33))) == AddressKind::nonstandard);
    }
    for (const std::uint8_t first : Bytes{0, 1, 5, 8})
        REQUIRE(kind(pay_to_key(key(first, 33))) == AddressKind::nonstandard);
}

TEST_CASE("script: bare multisig has 1 to 20 keys and as many as it says", "[chain][script]") {
    REQUIRE(kind(multisig(1, 1, 1)) == AddressKind::multisig);
    REQUIRE(kind(multisig(2, 3, 3)) == AddressKind::multisig);
    REQUIRE(kind(multisig(16, 16, 16)) == AddressKind::multisig);
    REQUIRE(kind(multisig(17, 20, 20)) == AddressKind::multisig);
    REQUIRE(kind(multisig(3, 2, 2)) == AddressKind::nonstandard);
    REQUIRE(kind(multisig(1, 2, 3)) == AddressKind::nonstandard);
    REQUIRE(kind(multisig(1, 3, 2)) == AddressKind::nonstandard);

    Bytes zero_of_one = multisig(1, 1, 1);
    zero_of_one[0] = kOp0;
    REQUIRE(kind(zero_of_one) == AddressKind::nonstandard);

    Bytes longer = multisig(1, 1, 1);
    longer.push_back(kOpCheckMultisig);
    REQUIRE(kind(longer) == AddressKind::nonstandard);

    // 2 pushed as a byte instead of OP_2: valid to run, but no template.
    Bytes pushed = multisig(2, 2, 2);
    pushed[0] = 2;
    pushed.insert(pushed.begin(), 1);
    REQUIRE(kind(pushed) == AddressKind::nonstandard);

    Bytes bad_key = multisig(1, 2, 2);
    bad_key[2] = 5;
    REQUIRE(kind(bad_key) == AddressKind::nonstandard);
}

TEST_CASE("script: a witness program has 2 to 40 bytes in one direct push", "[chain][script]") {
    for (std::size_t size = 0; size <= 45; ++size) {
        for (const std::uint8_t opcode : {kOp0, kOp1, kOp16, std::uint8_t{0x61}}) {
            Bytes script = {opcode, static_cast<std::uint8_t>(size)};
            script.resize(2 + size, 0x11);
            AddressKind expected = AddressKind::nonstandard;
            const bool fits = size >= 2 && size <= 40 && opcode != 0x61;
            if (fits && opcode != kOp0) expected = AddressKind::witness;
            if (opcode == kOp0 && size == 20) expected = AddressKind::p2wpkh;
            if (opcode == kOp0 && size == 32) expected = AddressKind::p2wsh;
            if (opcode == kOp1 && size == 32) expected = AddressKind::p2tr;
            CAPTURE(size, int{opcode});
            REQUIRE(kind(script) == expected);
        }
    }
}

TEST_CASE("script: whatever begins with OP_RETURN carries data", "[chain][script]") {
    for (const char* hex : {"6a", "6a00", "6a4c", "6a0201", "6aac", "6a6a"})
        REQUIRE(kind(*from_hex(hex)) == AddressKind::op_return);
    REQUIRE(kind(*from_hex("006a")) == AddressKind::nonstandard);
}

}  // namespace wagetrail
