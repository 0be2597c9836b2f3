// Which other addresses one key stands behind: HEURISTICS.md "same_key" and "same_hash".
#pragma once

#include "chain/base/sha256.h"
#include "chain/keys.h"

#include "index/recent_table.h"

#include <array>
#include <vector>

namespace wagetrail {

/// The other forms of a P2PKH's or P2WPKH's hash: P2PKH, P2WPKH, P2SH-P2WPKH without the address
/// itself. Empty for every other kind.
[[nodiscard]] std::vector<Address> hash_twins(const Address& address);

/// The key that the address itself shows (P2PK); nullopt for other kinds and for what is no point.
[[nodiscard]] std::optional<PublicKey> shown_key(const Address& address);

/// A key with the SHA-256 of the script of each of its addresses, in the order of addresses_of.
struct KeyScripts {
    PublicKey key;
    std::array<Sha256Hash, 7> scripts;
};

/// Remembers recent keys: a wallet that reuses addresses shows one key often, and lifting a key and
/// the taproot form cost a point multiplication. About 350 bytes per key. Not thread-safe.
class KeyForms {
  public:
    KeyForms(LedgerId ledger, std::size_t keys_max) : ledger_(ledger), known_(keys_max) {}
    /// Valid until the next call.
    [[nodiscard]] const KeyScripts& of(const PublicKey& key);
    /// nullptr when the encoding is not one of a point.
    [[nodiscard]] const KeyScripts* of_encoding(ByteView encoded);

  private:
    LedgerId ledger_;
    index::RecentTable<PublicKey, KeyScripts> known_;
};

}  // namespace wagetrail
