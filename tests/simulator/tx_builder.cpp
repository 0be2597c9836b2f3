#include "tests/simulator/tx_builder.h"

#include "chain/base/sha256.h"

namespace wagetrail::simulator {
namespace {

constexpr std::size_t kPlaceholderSize = 70;  // of a DER signature
constexpr std::uint8_t kPushData1 = 0x4C;
constexpr std::uint8_t kOpBase = 0x50;  // OP_n is OP_1 + n - 1
constexpr std::uint8_t kCheckMultisig = 0xAE;

/// The owned bytes behind a transaction's views while it is being built.
struct Parts {
    std::vector<Bytes> spent_scripts;
    std::vector<Bytes> output_scripts;
    std::vector<Bytes> script_sigs;
    std::vector<Bytes> witnesses;
    std::vector<TxOut> spent;
    Transaction tx;
};

Parts unsigned_parts(const std::vector<Coin>& inputs,
                     const std::vector<Output>& outputs,
                     const TxOptions& options) {
    Parts parts;
    for (const Coin& coin : inputs) parts.spent_scripts.push_back(script_of(coin.address));
    for (const Output& output : outputs) parts.output_scripts.push_back(script_of(output.to));
    parts.script_sigs.resize(inputs.size());
    parts.witnesses.resize(inputs.size());
    parts.tx.version = options.version;
    parts.tx.lock_time = options.lock_time;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        parts.spent.push_back({inputs[i].amount, parts.spent_scripts[i]});
        TxIn in;
        in.prevout = inputs[i].at;
        in.sequence = options.sequence;
        parts.tx.inputs.push_back(in);
    }
    for (std::size_t i = 0; i < outputs.size(); ++i)
        parts.tx.outputs.push_back({outputs[i].amount, parts.output_scripts[i]});
    return parts;
}

Bytes pushes(const std::vector<ByteView>& items) {
    Writer script;
    for (const ByteView item : items) {
        CHECK(item.size() <= 0xFF);
        if (item.size() >= kPushData1) script.put(kPushData1);
        script.put(static_cast<std::uint8_t>(item.size()));
        script.raw(item);
    }
    return std::move(script).bytes();
}

void set_witness(Parts& parts, std::size_t i, const std::vector<ByteView>& items) {
    Writer stack;
    for (const ByteView item : items) {
        stack.compact_size(item.size());
        stack.raw(item);
    }
    parts.witnesses[i] = std::move(stack).bytes();
    parts.tx.inputs[i].witness = {static_cast<std::uint32_t>(items.size()), parts.witnesses[i]};
    parts.tx.has_witness = true;
}

void set_script_sig(Parts& parts, std::size_t i, Bytes script) {
    parts.script_sigs[i] = std::move(script);
    parts.tx.inputs[i].script_sig = parts.script_sigs[i];
}

/// P2PKH or P2WPKH of a key; the script is the same on every ledger.
Address key_hash_form(const SecretKey& key, AddressKind kind) {
    const auto hash = hash160(key.public_key().compressed);
    return {LedgerId::btc, kind, to_bytes(hash)};
}

class Signer {
  public:
    Signer(Parts& parts, const TxOptions& options)
        : parts_(parts),
          kind_(options.signatures),
          low_r_(options.low_r),
          shared_(sighash_parts(parts.tx, parts.spent)) {}

    void sign(std::size_t i, const Coin& coin, const Keys& keys) {
        if (keys.size() > 1) return sign_multisig(i, coin, keys);
        sign(i, coin, keys.front());
    }

  private:
    void sign(std::size_t i, const Coin& coin, const SecretKey& key) {
        const ByteView public_key(key.public_key().compressed);
        switch (coin.address.kind) {
            case AddressKind::p2pk: {
                const Bytes signature = legacy(i, parts_.spent_scripts[i], key);
                return set_script_sig(parts_, i, pushes({signature}));
            }
            case AddressKind::p2pkh: {
                const Bytes signature = legacy(i, parts_.spent_scripts[i], key);
                return set_script_sig(parts_, i, pushes({signature, public_key}));
            }
            case AddressKind::p2sh: {
                const Bytes program = script_of(key_hash_form(key, AddressKind::p2wpkh));
                set_script_sig(parts_, i, pushes({program}));
                [[fallthrough]];
            }
            case AddressKind::p2wpkh: {
                const Bytes code = script_of(key_hash_form(key, AddressKind::p2pkh));
                const Bytes signature = segwit(i, coin.amount, code, key);
                return set_witness(parts_, i, {signature, public_key});
            }
            case AddressKind::p2tr: {
                const auto signature = taproot(i, key);
                return set_witness(parts_, i, {signature});
            }
            case AddressKind::p2wsh:
            case AddressKind::multisig:
            case AddressKind::op_return:
            case AddressKind::witness:
            case AddressKind::nonstandard:
                CHECK(false);  // no key owns such an address alone
        }
    }

    /// Both forms take an empty item first: OP_CHECKMULTISIG drops one too many.
    void sign_multisig(std::size_t i, const Coin& coin, const Keys& keys) {
        const Bytes script = multisig_script(keys);
        const bool witness = coin.address.kind == AddressKind::p2wsh;
        std::vector<Bytes> signatures;
        for (std::size_t k = 0; k + 1 < keys.size(); ++k)
            signatures.push_back(witness ? segwit(i, coin.amount, script, keys[k])
                                         : legacy(i, script, keys[k]));
        std::vector<ByteView> items(1);
        items.insert(items.end(), signatures.begin(), signatures.end());
        items.emplace_back(script);
        if (witness)
            set_witness(parts_, i, items);
        else
            set_script_sig(parts_, i, pushes(items));
    }

    [[nodiscard]] static Bytes with_type(Bytes signature) {
        signature.push_back(sighash_all);
        return signature;
    }
    [[nodiscard]] static Bytes placeholder() { return Bytes(kPlaceholderSize, 0x30); }

    [[nodiscard]] Bytes legacy(std::size_t i, ByteView code, const SecretKey& key) const {
        if (kind_ == Signatures::placeholder) return with_type(placeholder());
        const InIndex in(static_cast<std::uint32_t>(i));
        return with_type(key.sign(legacy_sighash(parts_.tx, in, code, sighash_all), low_r_));
    }
    /// BIP143: code is the witness script, or for a key hash program the P2PKH script of that hash.
    [[nodiscard]] Bytes segwit(std::size_t i,
                               Amount amount,
                               ByteView code,
                               const SecretKey& key) const {
        if (kind_ == Signatures::placeholder) return with_type(placeholder());
        const InIndex in(static_cast<std::uint32_t>(i));
        return with_type(
            key.sign(segwit_sighash(parts_.tx, shared_, in, code, amount, sighash_all), low_r_));
    }
    [[nodiscard]] std::array<std::uint8_t, 64> taproot(std::size_t i, const SecretKey& key) const {
        if (kind_ == Signatures::placeholder) return {};
        const InIndex in(static_cast<std::uint32_t>(i));
        const auto hash = taproot_sighash(parts_.tx, shared_, parts_.spent, in, TaprootSpend{});
        CHECK(hash.has_value());
        return key.sign_taproot(*hash);
    }

    Parts& parts_;
    Signatures kind_;
    LowR low_r_;
    SighashParts shared_;
};

Amount sum(const std::vector<Coin>& coins) {
    Amount total;
    for (const Coin& coin : coins) total += coin.amount;
    return total;
}

}  // namespace

Bytes multisig_script(const Keys& keys) {
    CHECK(keys.size() >= 2 && keys.size() <= 3);
    Writer script;
    script.put(static_cast<std::uint8_t>(kOpBase + keys.size() - 1));
    for (const SecretKey& key : keys) {
        script.put(static_cast<std::uint8_t>(key.public_key().compressed.size()));
        script.fixed(key.public_key().compressed);
    }
    script.put(static_cast<std::uint8_t>(kOpBase + keys.size()));
    script.put(kCheckMultisig);
    return std::move(script).bytes();
}

Address multisig_address(LedgerId ledger, AddressKind kind, const Keys& keys) {
    const Bytes script = multisig_script(keys);
    if (kind == AddressKind::p2wsh) return {ledger, kind, to_bytes(sha256(script).view())};
    CHECK(kind == AddressKind::p2sh);
    return {ledger, kind, to_bytes(hash160(script))};
}

Coin BuiltTx::coin(std::uint32_t n) const {
    CHECK(n < outputs.size());
    return {out(n), outputs[n].to, outputs[n].amount};
}

BuiltTx build_tx(const std::vector<Coin>& inputs,
                 const std::vector<Output>& outputs,
                 const KeyFinder& key_of,
                 const TxOptions& options) {
    Parts parts = unsigned_parts(inputs, outputs, options);
    Signer signer(parts, options);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (const Keys* keys = key_of(inputs[i].address)) signer.sign(i, inputs[i], *keys);
    }
    BuiltTx built;
    built.raw = encode(parts.tx, Serialise::with_witness);
    built.txid = Txid{sha256d(encode(parts.tx, Serialise::without_witness))};
    built.wtxid = Wtxid{sha256d(built.raw)};
    built.outputs = outputs;
    built.fee = sum(inputs);
    for (const Output& output : outputs) built.fee -= output.amount;
    return built;
}

}  // namespace wagetrail::simulator
