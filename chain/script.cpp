#include "chain/script.h"

namespace wagetrail {
namespace {

bool is_p2pk(ByteView s) {
    return s.size() >= 35 && s[0] == s.size() - 2 && s.back() == kOpCheckSig &&
           is_key_shaped(s.subspan(1, s.size() - 2));
}

bool is_p2pkh(ByteView s) {
    return s.size() == 25 && s[0] == kOpDup && s[1] == kOpHash160 && s[2] == 20 &&
           s[23] == kOpEqualVerify && s[24] == kOpCheckSig;
}

bool is_p2sh(ByteView s) {
    return s.size() == 23 && s[0] == kOpHash160 && s[1] == 20 && s[22] == kOpEqual;
}

/// OP_1 to OP_16, or the only shortest push of 17 to 20.
std::optional<unsigned> multisig_count(const ScriptOp& op) {
    if (op.opcode >= kOp1 && op.opcode <= kOp16) return op.opcode - kOp1 + 1U;
    if (op.opcode != 1 || op.data[0] <= 16 || op.data[0] > kMaxMultisigKeys) return std::nullopt;
    return op.data[0];
}

bool is_multisig(ByteView s) {
    if (s.empty() || s.back() != kOpCheckMultisig) return false;
    ScriptReader ops(s);
    const auto first = ops.next();
    const auto required = first ? multisig_count(*first) : std::nullopt;
    if (!required) return false;
    unsigned keys = 0;
    auto op = ops.next();
    for (; op && is_key_shaped(op->data); op = ops.next()) ++keys;
    const auto total = op ? multisig_count(*op) : std::nullopt;
    if (!total || *total < *required || *total != keys) return false;
    const auto last = ops.next();
    return last && last->opcode == kOpCheckMultisig && ops.done();
}

/// BIP141: a version opcode and one direct push of 2 to 40 bytes.
std::optional<ScriptTemplate> witness_program(ByteView s) {
    if (s.size() < 4 || s.size() > 42 || s[1] != s.size() - 2) return std::nullopt;
    if (s[0] != kOp0 && (s[0] < kOp1 || s[0] > kOp16)) return std::nullopt;
    const auto version = static_cast<std::uint8_t>(s[0] == kOp0 ? 0 : s[0] - kOp1 + 1);
    const ByteView program = s.subspan(2);
    AddressKind kind = AddressKind::witness;
    if (version == 0 && program.size() == 20) kind = AddressKind::p2wpkh;
    if (version == 0 && program.size() == 32) kind = AddressKind::p2wsh;
    if (version == 1 && program.size() == 32) kind = AddressKind::p2tr;
    // Version 0 of any other length can never be spent and has no address.
    if (version == 0 && kind == AddressKind::witness) return std::nullopt;
    return ScriptTemplate{.kind = kind, .witness_version = version, .payload = program};
}

ScriptTemplate plain(AddressKind kind, ByteView payload) {
    return {.kind = kind, .witness_version = 0, .payload = payload};
}

}  // namespace

std::optional<ScriptOp> ScriptReader::next() {
    if (rest_.empty()) return std::nullopt;
    const std::uint8_t opcode = rest_[0];
    std::size_t length_bytes = 0;
    if (opcode == kOpPushData1) length_bytes = 1;
    if (opcode == kOpPushData2) length_bytes = 2;
    if (opcode == kOpPushData4) length_bytes = 4;
    if (rest_.size() < 1 + length_bytes) return std::nullopt;
    std::size_t size = opcode < kOpPushData1 ? opcode : 0;
    for (std::size_t i = length_bytes; i-- > 0;) size = (size << 8U) | rest_[1 + i];
    const ByteView after = rest_.subspan(1 + length_bytes);
    if (size > after.size()) return std::nullopt;
    rest_ = after.subspan(size);
    return ScriptOp{.opcode = opcode, .data = after.first(size)};
}

ScriptTemplate match_template(ByteView script) {
    if (is_p2pkh(script)) return plain(AddressKind::p2pkh, script.subspan(3, 20));
    if (is_p2sh(script)) return plain(AddressKind::p2sh, script.subspan(2, 20));
    if (const auto witness = witness_program(script)) return *witness;
    if (!script.empty() && script[0] == kOpReturn) return plain(AddressKind::op_return, script);
    if (is_p2pk(script)) return plain(AddressKind::p2pk, script.subspan(1, script.size() - 2));
    if (is_multisig(script)) return plain(AddressKind::multisig, script);
    return plain(AddressKind::nonstandard, script);
}

std::size_t public_key_size(std::uint8_t first_byte) {
    if (first_byte == 2 || first_byte == 3) return 33;
    return first_byte == 4 || first_byte == 6 || first_byte == 7 ? 65 : 0;
}

bool is_key_shaped(ByteView key) {
    return !key.empty() && key.size() == public_key_size(key[0]);
}

void append_push(Bytes& script, ByteView data) {
    CHECK(data.size() < kOpPushData1);
    script.push_back(static_cast<std::uint8_t>(data.size()));
    append(script, data);
}

void append_count(Bytes& script, unsigned count) {
    CHECK(count >= 1 && count <= kMaxMultisigKeys);
    if (count > 16) script.push_back(1);
    script.push_back(static_cast<std::uint8_t>(count > 16 ? count : kOp1 + count - 1));
}

}  // namespace wagetrail
