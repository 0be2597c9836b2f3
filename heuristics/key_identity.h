// Which other addresses one key stands behind: HEURISTICS.md "same_key" and "same_hash".
#pragma once

#include "chain/keys.h"

#include <map>
#include <vector>

namespace wagetrail {

/// The other forms of a P2PKH's or P2WPKH's hash: P2PKH, P2WPKH, P2SH-P2WPKH without the address
/// itself. Empty for every other kind.
[[nodiscard]] std::vector<Address> hash_twins(const Address& address);

/// The key that the address itself shows (P2PK); nullopt for other kinds and for what is no point.
[[nodiscard]] std::optional<PublicKey> shown_key(const Address& address);

/// addresses_of, remembered for recent keys: a wallet that reuses addresses shows one key often,
/// and the taproot form costs a point multiplication. About 1 KB per key.
class KeyForms {
  public:
    KeyForms(LedgerId ledger, std::size_t keys_max) : ledger_(ledger), keys_max_(keys_max) {}
    /// Valid until the next call.
    [[nodiscard]] const std::vector<Address>& of(const PublicKey& key);

  private:
    LedgerId ledger_;
    std::size_t keys_max_;
    std::map<PublicKey, std::vector<Address>> known_;
};

}  // namespace wagetrail
