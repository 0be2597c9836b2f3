#include "chain/hidden_script.h"

#include "chain/base/sha256.h"
#include "chain/script.h"

namespace wagetrail {
namespace {

constexpr std::uint8_t kOpNumEqual = 0x9C;
constexpr std::uint8_t kOpCheckSigAdd = 0xBA;
constexpr std::uint8_t kAnnex = 0x50;           // BIP341: first byte of a last item that is no part
constexpr std::size_t kControlBlockBytes = 33;  // and 32 for each step of its branch
constexpr std::size_t kBranchBytes = 32;
constexpr std::size_t kXOnlyBytes = 32;
constexpr std::uint8_t kEven = 0x02;

std::optional<HiddenScript> witness_script(const Witness& witness, ByteView hash) {
    if (witness.count == 0) return std::nullopt;
    const ByteView script = witness.items().back();
    if (!equal(sha256(script).view(), hash)) return std::nullopt;
    return HiddenScript{.script = script};
}

std::optional<HiddenScript> redeem_script(const TxIn& in, ByteView hash) {
    ByteView script;
    ScriptReader ops(in.script_sig);
    while (const auto op = ops.next()) script = op->data;
    if (script.empty() || !equal(hash160(script), hash)) return std::nullopt;
    const ScriptTemplate match = match_template(script);
    if (match.kind == AddressKind::p2wsh) return witness_script(in.witness, match.payload);
    if (match.kind == AddressKind::p2wpkh) return std::nullopt;
    return HiddenScript{.script = script};
}

std::optional<HiddenScript> leaf_script(const Witness& witness) {
    std::vector<ByteView> items = witness.items();
    if (items.size() >= 2 && !items.back().empty() && items.back().front() == kAnnex)
        items.pop_back();
    if (items.size() < 2) return std::nullopt;
    const std::size_t control = items.back().size();
    if (control < kControlBlockBytes || (control - kControlBlockBytes) % kBranchBytes != 0)
        return std::nullopt;
    return HiddenScript{.script = items[items.size() - 2], .is_tapscript = true};
}

/// OP_1 to OP_16, or the one byte that counts above are pushed as.
std::size_t count_of(const ScriptOp& op) {
    if (op.opcode >= kOp1 && op.opcode <= kOp16) return op.opcode - kOp1 + 1U;
    return op.data.size() == 1 ? op.data[0] : 0;
}

}  // namespace

std::optional<HiddenScript> hidden_script(const TxIn& in, const Address& spent) {
    if (spent.kind == AddressKind::p2sh) return redeem_script(in, spent.payload);
    if (spent.kind == AddressKind::p2wsh) return witness_script(in.witness, spent.payload);
    if (spent.kind == AddressKind::p2tr) return leaf_script(in.witness);
    return std::nullopt;
}

std::optional<MultisigMembers> multisig_members(ByteView script) {
    if (match_template(script).kind != AddressKind::multisig) return std::nullopt;
    MultisigMembers members;
    ScriptReader ops(script);
    const auto first = ops.next();
    CHECK(first.has_value());  // the template says so
    members.required = count_of(*first);
    for (auto op = ops.next(); op && is_key_shaped(op->data); op = ops.next()) {
        ++members.total;
        if (const auto key = parse_public_key(op->data)) members.keys.push_back(*key);
    }
    return members;
}

std::optional<MultisigMembers> tapscript_members(ByteView script) {
    MultisigMembers members;
    ScriptReader ops(script);
    auto op = ops.next();
    for (; op && op->data.size() == kXOnlyBytes; op = ops.next()) {
        const auto check = ops.next();
        const std::uint8_t expected = members.total == 0 ? kOpCheckSig : kOpCheckSigAdd;
        if (!check || check->opcode != expected) return std::nullopt;
        Bytes even{kEven};
        append(even, op->data);
        ++members.total;
        if (const auto key = parse_public_key(even)) members.keys.push_back(*key);
    }
    if (!op || members.total < 2) return std::nullopt;
    members.required = count_of(*op);
    const auto last = ops.next();
    if (!last || last->opcode != kOpNumEqual || !ops.done()) return std::nullopt;
    if (members.required == 0 || members.required > members.total) return std::nullopt;
    return members;
}

}  // namespace wagetrail
