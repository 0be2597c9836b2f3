// The script that a hash stands for until it is spent: BIP16's redeem script, BIP141's witness
// script, BIP341's leaf.
#pragma once

#include "chain/address.h"
#include "chain/bitcoin/transaction.h"
#include "chain/keys.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace wagetrail {

struct HiddenScript {
    ByteView script;  // borrowed from the input
    bool is_tapscript = false;
};

/// What the input shows that spends this address; checked against its hash, but a leaf, which only
/// a point multiplication could check and which the chain did. nullopt for other kinds, for
/// P2SH-P2WPKH, and for taproot's key path.
[[nodiscard]] std::optional<HiddenScript> hidden_script(const TxIn& in, const Address& spent);

/// The keys of a multisig and how many of them must sign. Its members are not its owners: one of
/// several may never have known of it.
struct MultisigMembers {
    std::size_t required = 0;
    std::vector<PublicKey> keys;  // in the script's order, without those that are no points
    std::size_t total = 0;
};

/// Of "m key ... key n CHECKMULTISIG". nullopt for every other script.
[[nodiscard]] std::optional<MultisigMembers> multisig_members(ByteView script);
/// Of "key CHECKSIG key CHECKSIGADD ... m NUMEQUAL" (BIP342), as descriptors write multi_a. Its
/// keys have no sign: the even one stands for both.
[[nodiscard]] std::optional<MultisigMembers> tapscript_members(ByteView script);

}  // namespace wagetrail
