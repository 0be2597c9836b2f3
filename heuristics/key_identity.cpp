#include "heuristics/key_identity.h"

#include "chain/base/sha256.h"

#include <cstring>

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

Height taproot_height(LedgerId ledger) {
    switch (ledger) {
        case LedgerId::btc:
            return Height(709'632);
        case LedgerId::ltc:
            return Height(2'257'920);
        case LedgerId::btc_regtest:
        case LedgerId::ltc_regtest:
            return Height(0);
    }
    return Height(0);
}

std::size_t KeyForms::KeyHash::operator()(const SeenKey& key) const noexcept {
    std::uint64_t hash = 0;  // the coordinate is as good as random
    std::memcpy(&hash, key.compressed.data() + 1, sizeof hash);
    return hash;
}

const std::vector<Address>& KeyForms::of(const SeenKey& key, Height height) {
    const bool with_taproot = height >= taproot_height(ledger_);
    if (with_taproot != with_taproot_ || known_.size() >= keys_max_) known_.clear();
    with_taproot_ = with_taproot;
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    std::vector<Address> forms;
    if (const auto point = lift(key))
        forms = with_taproot ? addresses_of(*point, ledger_)
                             : addresses_before_taproot(*point, ledger_);
    return known_.emplace(key, std::move(forms)).first->second;
}

}  // namespace wagetrail
