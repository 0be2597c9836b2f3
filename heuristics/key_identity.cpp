#include "heuristics/key_identity.h"

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

std::vector<Address> forms_on(LedgerId ledger, const Address& address) {
    if (const auto key = shown_key(address)) return addresses_of(*key, ledger);
    Address same = address;
    same.ledger = ledger;
    if (address.kind == AddressKind::p2tr) return {same};
    std::vector<Address> forms = hash_twins(same);
    if (!forms.empty()) forms.insert(forms.begin(), std::move(same));
    return forms;
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

std::size_t SeenKeyHash::operator()(const SeenKey& key) const noexcept {
    std::uint64_t hash = 0;  // the coordinate is as good as random
    std::memcpy(&hash, key.compressed.data() + 1, sizeof hash);
    return hash;
}

const KeyScripts& KeyForms::of(const SeenKey& key, Height height) {
    const bool with_taproot = height >= taproot_height(ledger_);
    if (with_taproot != with_taproot_) known_.clear();
    with_taproot_ = with_taproot;
    if (const KeyScripts* known = known_.find(key)) return *known;
    std::vector<Address> forms;
    if (const auto point = lift(key))
        forms = with_taproot ? addresses_of(*point, ledger_)
                             : addresses_before_taproot(*point, ledger_);
    known_.make_room();
    known_.put(key, KeyScripts(key, forms));
    return *known_.find(key);
}

KeyScripts::KeyScripts(const SeenKey& key, const std::vector<Address>& forms)
    : key_(key), count_(forms.size()) {
    CHECK(count_ <= scripts_.size());
    for (std::size_t i = 0; i < count_; ++i) scripts_[i] = sha256(script_of(forms[i]));
}

}  // namespace wagetrail
