#include "heuristics/key_identity.h"

#include <algorithm>

namespace wagetrail {

std::vector<Address> hash_twins(const Address& address) {
    const bool is_p2pkh = address.kind == AddressKind::p2pkh;
    if (!is_p2pkh && address.kind != AddressKind::p2wpkh) return {};
    Address other = address;
    other.kind = is_p2pkh ? AddressKind::p2wpkh : AddressKind::p2pkh;
    const Bytes witness_script = script_of(is_p2pkh ? other : address);
    const auto script_hash = hash160(witness_script);
    Address nested{
        .ledger = address.ledger, .kind = AddressKind::p2sh, .payload = to_bytes(script_hash)};
    std::vector<Address> twins;
    twins.push_back(std::move(other));
    twins.push_back(std::move(nested));
    return twins;
}

std::optional<PublicKey> shown_key(const Address& address) {
    if (address.kind != AddressKind::p2pk) return std::nullopt;
    return parse_public_key(address.payload);
}

const KeyScripts& KeyForms::of(const PublicKey& key) {
    if (const KeyScripts* known = known_.find(key)) return *known;
    const std::vector<Address> addresses = addresses_of(key, ledger_);
    KeyScripts forms{.key = key, .scripts = {}};
    CHECK(addresses.size() == forms.scripts.size());
    for (std::size_t i = 0; i < addresses.size(); ++i)
        forms.scripts[i] = sha256(script_of(addresses[i]));
    known_.make_room();
    known_.put(key, forms);
    return *known_.find(key);
}

const KeyScripts* KeyForms::of_encoding(ByteView encoded) {
    PublicKey key;
    // Seen before: no need to find out again that it is a point.
    if (encoded.size() == key.compressed.size()) {
        std::copy(encoded.begin(), encoded.end(), key.compressed.begin());
        if (const KeyScripts* known = known_.find(key)) return known;
    }
    const auto point = parse_public_key(encoded);
    return point ? &of(*point) : nullptr;
}

}  // namespace wagetrail
