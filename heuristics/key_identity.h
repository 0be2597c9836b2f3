// Which other addresses one key stands behind: HEURISTICS.md "same_key" and "same_hash".
#pragma once

#include "chain/base/ids.h"
#include "chain/keys.h"

#include <optional>
#include <unordered_map>
#include <vector>

namespace wagetrail {

/// The other forms of a P2PKH's or P2WPKH's hash: P2PKH, P2WPKH, P2SH-P2WPKH without the address
/// itself. Empty for every other kind.
[[nodiscard]] std::vector<Address> hash_twins(const Address& address);

/// What the owner of the address owns on another ledger as well: all forms of a key that it shows,
/// the forms of a key's hash, the same taproot key. Empty for scripts, which say nothing of keys.
[[nodiscard]] std::vector<Address> forms_on(LedgerId ledger, const Address& address);

/// The keys of a bare multisig and how many of them must sign. Its members are not its owners: one
/// of several may never have known of it.
struct MultisigMembers {
    std::size_t required = 0;
    std::vector<PublicKey> keys;  // in the script's order, without those that are no points
    std::size_t total = 0;
};
/// nullopt for every other kind.
[[nodiscard]] std::optional<MultisigMembers> multisig_members(const Address& address);

/// The key that the address itself shows (P2PK); nullopt for other kinds and for what is no point.
[[nodiscard]] std::optional<PublicKey> shown_key(const Address& address);

/// From this height on an output of witness version 1 belongs to its key; before, to anybody.
[[nodiscard]] Height taproot_height(LedgerId ledger);

/// Every address of a key as of a height, remembered for recent keys: a wallet that reuses
/// addresses shows one key often, and the taproot form costs a point multiplication. About 1 KB per
/// key.
class KeyForms {
  public:
    KeyForms(LedgerId ledger, std::size_t keys_max) : ledger_(ledger), keys_max_(keys_max) {}
    /// None when it is no point. Valid until the next call. Heights that go back and forth over
    /// taproot's cost the memory.
    [[nodiscard]] const std::vector<Address>& of(const SeenKey& key, Height height);

  private:
    struct KeyHash {
        std::size_t operator()(const SeenKey& key) const noexcept;
    };
    LedgerId ledger_;
    std::size_t keys_max_;
    bool with_taproot_ = false;  // what the remembered lists hold
    std::unordered_map<SeenKey, std::vector<Address>, KeyHash> known_;
};

}  // namespace wagetrail
