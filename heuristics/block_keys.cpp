#include "heuristics/block_keys.h"

#include "chain/script.h"

namespace wagetrail {
namespace {

/// Where a key stands in a spend of P2WPKH and P2SH-P2WPKH, or of P2PKH.
ByteView shown_encoding(const TxIn& in) {
    ByteView last;
    if (in.witness.count == 2) {
        Reader items(in.witness.raw);
        (void)items.take(items.compact_size());
        last = items.take(items.compact_size());
    } else if (in.witness.count == 0) {
        ScriptReader ops(in.script_sig);
        while (const auto op = ops.next()) last = op->data;
    }
    return is_key_shaped(last) ? last : ByteView();
}

/// The P2WPKH script that a scriptSig of P2SH-P2WPKH pushes (BIP141: that push and nothing else).
std::optional<ScriptTemplate> nested_script(ByteView script_sig) {
    if (script_sig.empty() || script_sig[0] != script_sig.size() - 1) return std::nullopt;
    const ScriptTemplate match = match_template(script_sig.subspan(1));
    return match.kind == AddressKind::p2wpkh ? std::optional(match) : std::nullopt;
}

}  // namespace

BlockKeys::BlockKeys(const SourceBlock& source, KeyForms& forms) : height_(source.height) {
    for (const Transaction& tx : source.block.transactions) {
        if (tx.is_coinbase()) continue;
        for (const TxIn& in : tx.inputs) inputs_.push_back(shown_by(in, forms));
    }
}

BlockKeys::Shown BlockKeys::shown_by(const TxIn& in, KeyForms& forms) {
    const ByteView encoded = shown_encoding(in);
    if (encoded.empty()) return {};
    Shown shown{
        .key = number_of(seen(encoded), forms), .hash = hash160(encoded), .nested = std::nullopt};
    const auto nested = nested_script(in.script_sig);
    if (nested && equal(nested->payload, shown.hash))
        shown.nested = hash160(in.script_sig.subspan(1));
    return shown;
}

std::uint32_t BlockKeys::number_of(const SeenKey& key, KeyForms& forms) {
    const auto [place, is_new] = numbers_.emplace(key, static_cast<std::uint32_t>(keys_.size()));
    if (is_new) keys_.push_back(forms.of(key, height_));
    return place->second;
}

std::uint32_t BlockKeys::revealed(std::size_t input,
                                  const TxIn& in,
                                  const Address& spent,
                                  KeyForms& forms) {
    const Shown& shown = inputs_[input];
    if (shown.key != kNone) {
        const bool by_hash = spent.kind == AddressKind::p2pkh || spent.kind == AddressKind::p2wpkh;
        if (by_hash && equal(spent.payload, shown.hash)) return shown.key;
        if (spent.kind == AddressKind::p2sh && shown.nested && equal(spent.payload, *shown.nested))
            return shown.key;
    }
    // Rarer: P2PK, a hidden script, or a scriptSig with the key elsewhere than at its end.
    const auto key = seen_key(in, spent);
    return key ? number_of(*key, forms) : kNone;
}

}  // namespace wagetrail
