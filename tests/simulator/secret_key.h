// A private key of someone on a simulated chain, its addresses and its signatures. Deterministic:
// the same seed is the same key, the same key and hash the same signature (RFC 6979; BIP340 without
// auxiliary randomness). Only for chains without value: nothing here guards the secret.
#pragma once

#include "chain/bitcoin/sighash.h"
#include "chain/keys.h"

#include "tests/simulator/software.h"

#include <array>

namespace wagetrail::simulator {

class SecretKey {
  public:
    /// Any seed gives a key.
    static SecretKey from_seed(ByteView seed);

    [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
    /// kind: p2pk (compressed), p2pkh (compressed), p2wpkh, p2sh (of the p2wpkh script) or p2tr
    /// (BIP86).
    [[nodiscard]] Address address(LedgerId ledger, AddressKind kind) const;

    /// DER, low S, without the hash type. With LowR::yes the first of the deterministic nonces that
    /// makes R short, as Bitcoin Core signs.
    [[nodiscard]] Bytes sign(const SignatureHash& hash, LowR low_r) const;
    /// For the taproot output key of address(), key path.
    [[nodiscard]] std::array<std::uint8_t, 64> sign_taproot(const SignatureHash& hash) const;

  private:
    std::array<std::uint8_t, 32> secret_{};
    PublicKey public_key_;
};

}  // namespace wagetrail::simulator
