#include "chain/keys.h"

#include "chain/base/sha256.h"
#include "chain/script.h"

#include <secp256k1.h>
#include <secp256k1_extrakeys.h>

namespace wagetrail {
namespace {

constexpr std::size_t kHashSize = 20;

const secp256k1_context* context() {
    return secp256k1_context_static;  // constant; enough for everything about public keys
}

std::optional<secp256k1_pubkey> parse_point(ByteView encoded) {
    if (!is_key_shaped(encoded)) return std::nullopt;
    secp256k1_pubkey point;
    if (secp256k1_ec_pubkey_parse(context(), &point, encoded.data(), encoded.size()) != 1)
        return std::nullopt;
    return point;
}

PublicKey compressed(const secp256k1_pubkey& point) {
    PublicKey key;
    std::size_t size = key.compressed.size();
    secp256k1_ec_pubkey_serialize(context(), key.compressed.data(), &size, &point,
                                  SECP256K1_EC_COMPRESSED);
    return key;
}

secp256k1_pubkey known_point(const PublicKey& key) {
    const auto point = parse_point(key.compressed);
    CHECK(point.has_value());  // parse_public_key made it
    return *point;
}

std::array<std::uint8_t, 65> uncompressed(const secp256k1_pubkey& point) {
    std::array<std::uint8_t, 65> encoded{};
    std::size_t size = encoded.size();
    secp256k1_ec_pubkey_serialize(context(), encoded.data(), &size, &point,
                                  SECP256K1_EC_UNCOMPRESSED);
    return encoded;
}

/// The x coordinate, and the point with that x and an even y (BIP340).
struct XOnly {
    std::array<std::uint8_t, 32> x{};
    secp256k1_xonly_pubkey point;
};

XOnly x_only(const secp256k1_pubkey& point) {
    XOnly result;
    CHECK(secp256k1_xonly_pubkey_from_pubkey(context(), &result.point, nullptr, &point) == 1);
    secp256k1_xonly_pubkey_serialize(context(), result.x.data(), &result.point);
    return result;
}

std::array<std::uint8_t, 32> taproot_output_key(const secp256k1_pubkey& internal) {
    const XOnly key = x_only(internal);
    const Sha256Hash tweak = tagged_hash("TapTweak", key.x);
    secp256k1_pubkey output;
    // Fails for no key that anyone could find: the tweak is a hash of the key.
    CHECK(secp256k1_xonly_pubkey_tweak_add(context(), &output, &key.point, tweak.value.data()) ==
          1);
    return x_only(output).x;
}

/// 0014 and the hash: the script that P2SH-P2WPKH hides.
std::array<std::uint8_t, 22> p2wpkh_script(ByteView hash) {
    std::array<std::uint8_t, 22> script{kOp0, kHashSize};
    std::copy(hash.begin(), hash.end(), script.begin() + 2);
    return script;
}

std::optional<SeenKey> key_of_hash(ByteView encoded, ByteView hash) {
    if (!is_key_shaped(encoded) || !equal(hash160(encoded), hash)) return std::nullopt;
    return seen(encoded);
}

/// The script leaves the key on top of the stack and P2PKH compares its hash, so whichever push has
/// that hash is the key that signed, whatever else is there.
std::optional<SeenKey> key_of_pushes(const std::vector<ByteView>& pushes, ByteView hash) {
    for (const ByteView push : pushes)
        if (const auto key = key_of_hash(push, hash)) return key;
    return std::nullopt;
}

std::vector<ByteView> pushes_of(ByteView script_sig) {
    std::vector<ByteView> pushes;
    ScriptReader ops(script_sig);
    while (const auto op = ops.next())
        if (!op->data.empty()) pushes.push_back(op->data);
    return pushes;
}

std::optional<SeenKey> key_of_script_sig(ByteView script_sig, ByteView hash) {
    ScriptReader ops(script_sig);
    while (const auto op = ops.next())
        if (const auto key = key_of_hash(op->data, hash)) return key;
    return std::nullopt;
}

/// BIP141: exactly two items, the signature and the key.
std::optional<SeenKey> key_of_witness(const Witness& witness, ByteView hash) {
    if (witness.count != 2) return std::nullopt;
    Reader items(witness.raw);
    (void)items.take(items.compact_size());
    const ByteView encoded = items.take(items.compact_size());
    if (!items.done()) return std::nullopt;
    return key_of_hash(encoded, hash);
}

/// The key of a hidden script that is P2PK's or P2PKH's; what was pushed before it satisfied it.
std::optional<SeenKey> key_of_hidden(ByteView script, const std::vector<ByteView>& pushes) {
    const ScriptTemplate match = match_template(script);
    if (match.kind == AddressKind::p2pk) return seen(match.payload);
    if (match.kind == AddressKind::p2pkh) return key_of_pushes(pushes, match.payload);
    return std::nullopt;
}

std::optional<SeenKey> key_of_witness_script(const Witness& witness, ByteView script_hash) {
    if (witness.count < 2) return std::nullopt;
    const std::vector<ByteView> items = witness.items();
    const auto key = key_of_hidden(items.back(), items);  // rarely one, so it is hashed after
    if (!key || !equal(sha256(items.back()).view(), script_hash)) return std::nullopt;
    return key;
}

/// BIP16: the last push is the script. BIP141: when that is a witness program, it is all there is.
std::optional<SeenKey> key_of_redeem_script(const TxIn& in, ByteView script_hash) {
    const std::vector<ByteView> pushes = pushes_of(in.script_sig);
    if (pushes.empty()) return std::nullopt;
    const ByteView script = pushes.back();
    const ScriptTemplate match = match_template(script);
    std::optional<SeenKey> key;
    if (match.kind != AddressKind::p2wpkh && match.kind != AddressKind::p2wsh)
        key = key_of_hidden(script, pushes);
    else if (in.script_sig.size() == script.size() + 1)
        key = match.kind == AddressKind::p2wpkh ? key_of_witness(in.witness, match.payload)
                                                : key_of_witness_script(in.witness, match.payload);
    if (!key || !equal(hash160(script), script_hash)) return std::nullopt;
    return key;
}

}  // namespace

SeenKey seen(ByteView key_shaped) {
    SeenKey key;
    const bool is_odd = key_shaped.size() > key.compressed.size() && (key_shaped.back() & 1U) != 0;
    std::copy_n(key_shaped.begin(), key.compressed.size(), key.compressed.begin());
    if (key_shaped.size() > key.compressed.size()) key.compressed[0] = is_odd ? 3 : 2;
    return key;
}

std::optional<PublicKey> lift(const SeenKey& key) {
    if (!parse_point(key.compressed)) return std::nullopt;
    return PublicKey{key.compressed};
}

std::optional<PublicKey> parse_public_key(ByteView encoded) {
    const auto point = parse_point(encoded);
    if (!point) return std::nullopt;
    return compressed(*point);
}

std::array<std::uint8_t, 65> uncompressed(const PublicKey& key) {
    return uncompressed(known_point(key));
}

std::optional<PublicKey> add_to_key(const PublicKey& key,
                                    const std::array<std::uint8_t, 32>& scalar) {
    secp256k1_pubkey point = known_point(key);
    if (secp256k1_ec_pubkey_tweak_add(context(), &point, scalar.data()) != 1) return std::nullopt;
    return compressed(point);
}

std::array<std::uint8_t, 32> taproot_output_key(const PublicKey& internal) {
    return taproot_output_key(known_point(internal));
}

namespace {

std::vector<Address> hashed_forms(const PublicKey& key,
                                  const secp256k1_pubkey& point,
                                  LedgerId ledger) {
    const auto long_form = uncompressed(point);
    const auto hash = hash160(key.compressed);
    std::vector<Address> addresses;
    addresses.reserve(7);
    const auto add = [&](AddressKind kind, ByteView payload) {
        addresses.push_back({.ledger = ledger, .kind = kind, .payload = to_bytes(payload)});
    };
    add(AddressKind::p2pk, key.compressed);
    add(AddressKind::p2pk, long_form);
    add(AddressKind::p2pkh, hash);
    add(AddressKind::p2pkh, hash160(long_form));
    add(AddressKind::p2wpkh, hash);
    add(AddressKind::p2sh, hash160(p2wpkh_script(hash)));
    return addresses;
}

}  // namespace

std::vector<Address> addresses_before_taproot(const PublicKey& key, LedgerId ledger) {
    return hashed_forms(key, known_point(key), ledger);
}

std::vector<Address> addresses_of(const PublicKey& key, LedgerId ledger) {
    const secp256k1_pubkey point = known_point(key);
    std::vector<Address> addresses = hashed_forms(key, point, ledger);
    addresses.push_back({.ledger = ledger,
                         .kind = AddressKind::p2tr,
                         .payload = to_bytes(taproot_output_key(point))});
    return addresses;
}

std::optional<SeenKey> seen_key(const TxIn& in, const Address& spent) {
    switch (spent.kind) {
        case AddressKind::p2pk:
            return is_key_shaped(spent.payload) ? std::optional(seen(spent.payload)) : std::nullopt;
        case AddressKind::p2pkh:
            return key_of_script_sig(in.script_sig, spent.payload);
        case AddressKind::p2wpkh:
            return key_of_witness(in.witness, spent.payload);
        case AddressKind::p2sh:
            return key_of_redeem_script(in, spent.payload);
        case AddressKind::p2wsh:
            return key_of_witness_script(in.witness, spent.payload);
        case AddressKind::p2tr:
        case AddressKind::multisig:
        case AddressKind::op_return:
        case AddressKind::witness:
        case AddressKind::nonstandard:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<PublicKey> revealed_key(const TxIn& in, const Address& spent) {
    const auto key = seen_key(in, spent);
    return key ? lift(*key) : std::nullopt;
}

}  // namespace wagetrail
