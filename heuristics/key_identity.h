// Which other addresses one key stands behind: HEURISTICS.md "same_key" and "same_hash".
#pragma once

#include "chain/base/ids.h"
#include "chain/base/sha256.h"
#include "chain/keys.h"

#include "index/recent_table.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace wagetrail {

/// The other forms of a P2PKH's or P2WPKH's hash: P2PKH, P2WPKH, P2SH-P2WPKH without the address
/// itself. Empty for every other kind.
[[nodiscard]] std::vector<Address> hash_twins(const Address& address);

/// What the owner of the address owns on another ledger as well: all forms of a key that it shows,
/// the forms of a key's hash, the same taproot key. Empty for scripts, which say nothing of keys.
[[nodiscard]] std::vector<Address> forms_on(LedgerId ledger, const Address& address);

/// The key that the address itself shows (P2PK); nullopt for other kinds and for what is no point.
[[nodiscard]] std::optional<PublicKey> shown_key(const Address& address);

/// From this height on an output of witness version 1 belongs to its key; before, to anybody.
[[nodiscard]] Height taproot_height(LedgerId ledger);

/// A key with the SHA-256 of the script of each of its addresses, in the order of addresses_of;
/// none when it is no point. About 300 bytes, all in place.
class KeyScripts {
  public:
    KeyScripts() = default;
    KeyScripts(const SeenKey& key, const std::vector<Address>& forms);
    [[nodiscard]] const SeenKey& key() const { return key_; }
    [[nodiscard]] std::span<const Sha256Hash> scripts() const {
        return std::span(scripts_).first(count_);
    }

  private:
    SeenKey key_;
    std::size_t count_ = 0;
    std::array<Sha256Hash, 7> scripts_;
};

struct SeenKeyHash {
    std::size_t operator()(const SeenKey& key) const noexcept;
};

/// Every address of a key as of a height, remembered for recent keys: a wallet that reuses
/// addresses shows one key often, and the taproot form costs a point multiplication. Not
/// thread-safe.
class KeyForms {
  public:
    KeyForms(LedgerId ledger, std::size_t keys_max) : ledger_(ledger), known_(keys_max) {}
    /// Valid until the next call. Heights that go back and forth over taproot's cost the memory.
    [[nodiscard]] const KeyScripts& of(const SeenKey& key, Height height);

  private:
    LedgerId ledger_;
    bool with_taproot_ = false;  // what the remembered lists hold
    index::RecentTable<SeenKey, KeyScripts, SeenKeyHash> known_;
};

}  // namespace wagetrail
