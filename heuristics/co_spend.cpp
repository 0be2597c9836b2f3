#include "heuristics/co_spend.h"

#include "chain/bitcoin/sighash.h"
#include "chain/bitcoin/signature.h"
#include "chain/script.h"

#include <algorithm>

namespace wagetrail {

namespace {

constexpr std::uint8_t kAnnexTag = 0x50;
constexpr std::uint8_t kBaseMask = 0x1F;  // what of the hash type says which outputs are signed
constexpr std::size_t kSchnorrSize = 64;

bool commits_to_inputs(std::uint8_t hash_type) {
    return (hash_type & sighash_anyone_can_pay) == 0;
}

bool is_ecdsa_for_all(ByteView item) {
    const auto hash_type = ecdsa_hash_type(item);
    return hash_type && commits_to_inputs(*hash_type);
}

/// BIP341: 64 bytes commit to everything, a 65th is the hash type.
bool is_schnorr_for_all(ByteView item) {
    if (item.size() == kSchnorrSize) return true;
    return item.size() == kSchnorrSize + 1 && commits_to_inputs(item.back());
}

/// SINGLE without an output at the input's index signs the number one: no input and no output.
bool script_sig_vouches(const Transaction& tx, InIndex vin) {
    // raw: place of the input in its transaction
    const bool has_own_output = vin.value < tx.outputs.size();
    ScriptReader ops(tx.inputs[vin.value].script_sig);
    while (const auto op = ops.next()) {
        const auto hash_type = ecdsa_hash_type(op->data);
        if (!hash_type || !commits_to_inputs(*hash_type)) continue;
        if (has_own_output || (*hash_type & kBaseMask) != sighash_single) return true;
    }
    return false;
}

bool taproot_vouches(std::vector<ByteView> items) {
    if (items.size() >= 2 && !items.back().empty() && items.back()[0] == kAnnexTag)
        items.pop_back();
    // A script path ends in script and control block, which may have a signature's size.
    if (items.size() >= 2) items.resize(items.size() - 2);
    return std::any_of(items.begin(), items.end(), is_schnorr_for_all);
}

}  // namespace

bool vouches_for_all_inputs(const Transaction& tx, InIndex vin, const Address& spent) {
    const TxIn& in = tx.inputs.at(vin.value);  // raw: place of the input in its transaction
    if (spent.kind == AddressKind::witness) return false;
    if (spent.kind == AddressKind::p2tr) return taproot_vouches(in.witness.items());
    if (script_sig_vouches(tx, vin)) return true;
    const std::vector<ByteView> items = in.witness.items();
    return std::any_of(items.begin(), items.end(), is_ecdsa_for_all);
}

}  // namespace wagetrail
