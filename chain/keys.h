// Public keys: normalised by libsecp256k1, revealed by inputs, and every address one key can own
// (BIP16, BIP44, BIP49, BIP84, BIP86).
#pragma once

#include "chain/address.h"
#include "chain/bitcoin/transaction.h"

#include <array>
#include <compare>
#include <optional>
#include <vector>

namespace wagetrail {

/// A point of secp256k1, kept compressed (33 bytes), made by the functions here and no other way.
/// The encoding it was seen in does not matter.
struct PublicKey {
    std::array<std::uint8_t, 33> compressed{};
    friend auto operator<=>(const PublicKey&, const PublicKey&) = default;
};

/// The compressed form of an encoding that was seen, whether or not it is a point: asking that
/// costs microseconds. Of one key all encodings give the same.
struct SeenKey {
    std::array<std::uint8_t, 33> compressed{};
    friend auto operator<=>(const SeenKey&, const SeenKey&) = default;
};
/// Of an encoding with a key's shape (is_key_shaped).
[[nodiscard]] SeenKey seen(ByteView key_shaped);
/// nullopt when it is not a point.
[[nodiscard]] std::optional<PublicKey> lift(const SeenKey& key);

/// Accepts compressed, uncompressed and hybrid encodings; nullopt when it is not a point.
[[nodiscard]] std::optional<PublicKey> parse_public_key(ByteView encoded);
[[nodiscard]] std::array<std::uint8_t, 65> uncompressed(const PublicKey& key);

/// The key plus scalar times the generator (BIP32's public derivation); nullopt when that is no
/// key.
[[nodiscard]] std::optional<PublicKey> add_to_key(const PublicKey& key,
                                                  const std::array<std::uint8_t, 32>& scalar);
/// The payload of the P2TR address with this internal key and no script tree (BIP341, BIP86).
[[nodiscard]] std::array<std::uint8_t, 32> taproot_output_key(const PublicKey& internal);

/// Every single-key address of this key on the ledger, in fixed order: P2PK compressed, P2PK
/// uncompressed, P2PKH compressed, P2PKH uncompressed, P2WPKH, P2SH-P2WPKH, P2TR (BIP86, no script
/// tree). The two hybrid P2PK forms are left out: nobody derives them.
[[nodiscard]] std::vector<Address> addresses_of(const PublicKey& key, LedgerId ledger);
/// The same without P2TR, which costs ten times as much as the others together.
[[nodiscard]] std::vector<Address> addresses_before_taproot(const PublicKey& key, LedgerId ledger);

/// The one key whose signature this input proves, given that the chain accepted it and the spent
/// output's form binds it: P2PK (from the output), P2PKH, P2WPKH and P2SH-P2WPKH (from scriptSig or
/// witness, checked against the hash), and P2SH, P2WSH and P2SH-P2WSH whose script is that of P2PK
/// or P2PKH. nullopt for multisig, other scripts, taproot and malformed spends.
[[nodiscard]] std::optional<SeenKey> seen_key(const TxIn& in, const Address& spent);
/// The same, and it is a point.
[[nodiscard]] std::optional<PublicKey> revealed_key(const TxIn& in, const Address& spent);

}  // namespace wagetrail
