#include "heuristics/co_spend.h"

#include "chain/script.h"

#include <algorithm>

namespace wagetrail {

namespace {

constexpr std::uint8_t kAnyoneCanPay = 0x80;
constexpr std::uint8_t kAnnexTag = 0x50;
constexpr std::size_t kDerMin = 9;   // two numbers of one byte, with their frame and hash type
constexpr std::size_t kDerMax = 73;  // two of 33 bytes
constexpr std::size_t kSchnorrSize = 64;

/// An ECDSA signature as scripts carry it: DER, then one byte of hash type.
bool is_der_for_all(ByteView item) {
    if (item.size() < kDerMin || item.size() > kDerMax) return false;
    return item[0] == 0x30 && item[1] == item.size() - 3 && (item.back() & kAnyoneCanPay) == 0;
}

/// BIP341: 64 bytes commit to everything, a 65th is the hash type.
bool is_schnorr_for_all(ByteView item) {
    if (item.size() == kSchnorrSize) return true;
    return item.size() == kSchnorrSize + 1 && (item.back() & kAnyoneCanPay) == 0;
}

bool script_sig_vouches(ByteView script_sig) {
    ScriptReader ops(script_sig);
    while (const auto op = ops.next())
        if (is_der_for_all(op->data)) return true;
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

bool vouches_for_all_inputs(const TxIn& in, const Address& spent) {
    if (spent.kind == AddressKind::witness) return false;
    if (spent.kind == AddressKind::p2tr) return taproot_vouches(in.witness.items());
    if (script_sig_vouches(in.script_sig)) return true;
    const std::vector<ByteView> items = in.witness.items();
    return std::any_of(items.begin(), items.end(), is_der_for_all);
}

}  // namespace wagetrail
