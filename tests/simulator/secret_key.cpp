#include "tests/simulator/secret_key.h"

#include "chain/base/sha256.h"

#include <secp256k1.h>
#include <secp256k1_extrakeys.h>
#include <secp256k1_schnorrsig.h>

#include <algorithm>
#include <memory>

namespace wagetrail::simulator {
namespace {

/// Immutable once made, so sharing it between threads is safe.
const secp256k1_context* context() {
    struct Destroy {
        void operator()(secp256k1_context* made) const { secp256k1_context_destroy(made); }
    };
    static const std::unique_ptr<secp256k1_context, Destroy> made(
        secp256k1_context_create(SECP256K1_CONTEXT_NONE));
    return made.get();
}

std::array<std::uint8_t, 33> compressed(const secp256k1_pubkey& point) {
    std::array<std::uint8_t, 33> bytes{};
    std::size_t size = bytes.size();
    CHECK(secp256k1_ec_pubkey_serialize(context(), bytes.data(), &size, &point,
                                        SECP256K1_EC_COMPRESSED) == 1);
    return bytes;
}

}  // namespace

SecretKey SecretKey::from_seed(ByteView seed) {
    SecretKey key;
    key.secret_ = sha256(seed).value;
    // One in 2^128 seeds is no scalar; hashing again is the next try.
    while (secp256k1_ec_seckey_verify(context(), key.secret_.data()) == 0)
        key.secret_ = sha256(key.secret_).value;
    secp256k1_pubkey point;
    CHECK(secp256k1_ec_pubkey_create(context(), &point, key.secret_.data()) == 1);
    key.public_key_.compressed = compressed(point);
    return key;
}

Address SecretKey::address(LedgerId ledger, AddressKind kind) const {
    const std::vector<Address> all = addresses_of(public_key_, ledger);
    // The forms stand in a fixed order, compressed before uncompressed.
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Address& one) { return one.kind == kind; });
    CHECK(found != all.end());
    return *found;
}

Bytes SecretKey::sign(const SignatureHash& hash, LowR low_r) const {
    secp256k1_ecdsa_signature signature;
    std::array<std::uint8_t, 32> extra{};  // a counter, for a nonce after the first
    std::array<std::uint8_t, 64> compact{};
    do {
        CHECK(secp256k1_ecdsa_sign(context(), &signature, hash.view().data(), secret_.data(),
                                   secp256k1_nonce_function_rfc6979,
                                   extra[0] == 0 ? nullptr : extra.data()) == 1);
        secp256k1_ecdsa_signature_serialize_compact(context(), compact.data(), &signature);
        ++extra[0];
    } while (low_r == LowR::yes && compact[0] >= 0x80 && extra[0] != 0);
    Bytes der(72);
    std::size_t size = der.size();
    CHECK(secp256k1_ecdsa_signature_serialize_der(context(), der.data(), &size, &signature) == 1);
    der.resize(size);
    return der;
}

std::array<std::uint8_t, 64> SecretKey::sign_taproot(const SignatureHash& hash) const {
    secp256k1_keypair pair;
    CHECK(secp256k1_keypair_create(context(), &pair, secret_.data()) == 1);
    const ByteView x_only = ByteView(public_key_.compressed).subspan(1);
    const Sha256Hash tweak = tagged_hash("TapTweak", x_only);
    CHECK(secp256k1_keypair_xonly_tweak_add(context(), &pair, tweak.view().data()) == 1);
    std::array<std::uint8_t, 64> signature{};
    CHECK(secp256k1_schnorrsig_sign32(context(), signature.data(), hash.view().data(), &pair,
                                      nullptr) == 1);
    return signature;
}

}  // namespace wagetrail::simulator
