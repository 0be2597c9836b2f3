// The KEY part of output descriptors (BIP380, BIP389): a public key in hexadecimal or an extended
// key with a path, either with origin information in front.
#pragma once

#include "chain/bip32.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wagetrail {

struct DescriptorKey {
    Bytes fixed;          // a key in hexadecimal: 33 or 65 bytes; 02 is put before an x-only one
    bool x_only = false;  // 32 bytes were given (only tr() takes them)

    std::optional<ExtendedKey> extended;  // otherwise this, with the path below it
    std::vector<std::uint32_t> path;
    std::vector<std::uint32_t> choices;  // of the multipath step "<0;1>", empty without one
    std::size_t choices_at = 0;          // how many steps of path stand before it
    bool ranged = false;                 // ends in "/*"

    [[nodiscard]] std::size_t chains() const { return choices.empty() ? 1 : choices.size(); }
    [[nodiscard]] bool has_path() const { return !path.empty() || !choices.empty() || ranged; }
};

/// The error never repeats the text, which may be a private key.
[[nodiscard]] Expected<DescriptorKey> parse_descriptor_key(LedgerId ledger, std::string_view text);

/// A DescriptorKey with its multipath step chosen and all steps but "/*" derived.
class KeyChain {
  public:
    /// chain counts modulo the key's own number of choices: a key without them has one for all.
    static Expected<KeyChain> open(const DescriptorKey& key, std::size_t chain);
    /// The encoded key at one index; the same for all when the key is not ranged.
    [[nodiscard]] Expected<Bytes> at(std::uint32_t index) const;

  private:
    Bytes fixed_;
    std::optional<ExtendedKey> parent_;  // of the ranged step
};

}  // namespace wagetrail
