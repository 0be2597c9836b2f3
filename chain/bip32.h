// Extended public keys (BIP32): reading their text and deriving the keys below them. Everything
// here is public; what needs a private key (hardened steps) is an error.
#pragma once

#include "chain/keys.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace wagetrail {

/// Indexes from here on are hardened: only the private key derives them.
constexpr std::uint32_t kHardened = 0x8000'0000;

/// Which addresses a wallet makes from an extended key, as its prefix says (SLIP-132).
enum class KeyForm : std::uint8_t {
    any,       // xpub, tpub, Ltub, ttub: says nothing
    p2sh,      // ypub, upub, Mtub: P2WPKH inside P2SH (BIP49)
    p2wpkh,    // zpub, vpub (BIP84)
    multisig,  // Ypub, Zpub, Upub, Vpub: one cosigner's key
};

enum class KeyNetwork : std::uint8_t { main, test, ltc_main, ltc_test };

/// The four bytes in front of an extended public key and what they mean.
struct KeyVersion {
    std::array<std::uint8_t, 4> bytes;
    std::string_view name;  // how its texts begin: "xpub"
    KeyNetwork network;
    KeyForm form;
};

struct ExtendedKey {
    const KeyVersion* version = nullptr;  // into a constant table
    std::uint8_t depth = 0;
    std::array<std::uint8_t, 4> parent{};  // fingerprint
    std::uint32_t index = 0;               // as child of its parent
    std::array<std::uint8_t, 32> chain_code{};
    PublicKey key;
};

/// True for texts that begin as extended keys do, public or private, whether or not they are whole.
[[nodiscard]] bool looks_like_extended_key(std::string_view text);

/// Refuses private keys with the advice to use the public one, and never repeats the text.
[[nodiscard]] Expected<ExtendedKey> parse_extended_key(std::string_view text);
[[nodiscard]] std::string text(const ExtendedKey& key);

/// invalid for a hardened index and below depth 255.
[[nodiscard]] Expected<ExtendedKey> derive(const ExtendedKey& parent, std::uint32_t index);

/// Main-network keys belong to main networks; "Ltub" and the like to their ledger alone, while
/// "xpub" and "tpub" are used by all.
[[nodiscard]] bool fits_ledger(const KeyVersion& version, LedgerId ledger);

}  // namespace wagetrail
