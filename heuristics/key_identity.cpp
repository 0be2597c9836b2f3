#include "heuristics/key_identity.h"

#include "chain/base/sha256.h"

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

const std::vector<Address>& KeyForms::of(const PublicKey& key) {
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    if (known_.size() >= keys_max_) known_.clear();
    return known_.emplace(key, addresses_of(key, ledger_)).first->second;
}

}  // namespace wagetrail
