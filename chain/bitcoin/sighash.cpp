#include "chain/bitcoin/sighash.h"

#include "chain/base/sha256.h"

namespace wagetrail {
namespace {

constexpr std::uint32_t kBaseMask = 0x1F;
constexpr std::uint8_t kOpPushData1 = 0x4C;
constexpr std::uint8_t kOpPushData2 = 0x4D;
constexpr std::uint8_t kOpPushData4 = 0x4E;
constexpr std::uint8_t kOpCodeSeparator = 0xAB;

void write(Writer& out, const OutPoint& prevout) {
    out.hash(prevout.txid);
    out.little<4>(prevout.vout);
}

void write_sized(Writer& out, ByteView bytes) {
    out.compact_size(bytes.size());
    out.raw(bytes);
}

void write(Writer& out, const TxOut& output) {
    out.little<8>(output.amount.units());
    write_sized(out, output.script);
}

/// Length of what a push opcode carries besides itself, read from the bytes behind it.
std::uint64_t push_size(std::uint8_t opcode, Reader& script) {
    std::uint64_t size = 0;
    if (opcode < kOpPushData1) return opcode;
    if (opcode == kOpPushData1) script.little<1>(size);
    if (opcode == kOpPushData2) script.little<2>(size);
    if (opcode == kOpPushData4) script.little<4>(size);
    return size;
}

/// A script that ends within a push is kept from there on as it is.
Bytes without_code_separators(ByteView script) {
    Bytes kept;
    Reader reader(script);
    std::size_t start = 0;
    while (reader.ok() && reader.left() > 0) {
        start = reader.position();
        const std::uint8_t opcode = reader.byte();
        (void)reader.take(push_size(opcode, reader));
        if (!reader.ok()) break;
        if (opcode != kOpCodeSeparator) append(kept, reader.between(start, reader.position()));
        start = reader.position();
    }
    append(kept, script.subspan(start));
    return kept;
}

std::uint32_t legacy_sequence(const Transaction& tx,
                              std::size_t index,
                              std::size_t in,
                              std::uint32_t base) {
    const bool only_own = base == sighash_none || base == sighash_single;
    return only_own && index != in ? 0 : tx.inputs[index].sequence;
}

void write_legacy_outputs(Writer& out, const Transaction& tx, std::size_t in, std::uint32_t base) {
    if (base == sighash_none) {
        out.compact_size(0);
        return;
    }
    const std::size_t count = base == sighash_single ? in + 1 : tx.outputs.size();
    out.compact_size(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (base == sighash_single && i != in)
            write(out, TxOut{Amount(0xFFFFFFFFFFFFFFFF), {}});
        else
            write(out, tx.outputs[i]);
    }
}

Sha256Hash hash_output(const TxOut& output) {
    Writer out;
    write(out, output);
    return sha256(out.bytes());
}

SignatureHash double_hash(const Writer& message) {
    return SignatureHash{sha256d(message.bytes())};
}

bool known_to_taproot(std::uint8_t hash_type) {
    return hash_type <= sighash_single || (hash_type > sighash_anyone_can_pay &&
                                           hash_type <= (sighash_anyone_can_pay | sighash_single));
}

void write_shared_inputs(Writer& out, const SighashParts& parts) {
    out.hash(parts.prevouts);
    out.hash(parts.spent_amounts);
    out.hash(parts.spent_scripts);
    out.hash(parts.sequences);
}

void write_annex_hash(Writer& out, const TaprootSpend& spend) {
    if (spend.annex) {
        Writer annex;
        write_sized(annex, *spend.annex);
        out.hash(sha256(annex.bytes()));
    }
}

}  // namespace

SignatureHash legacy_sighash(const Transaction& tx,
                             InIndex in,
                             ByteView script_code,
                             std::uint32_t hash_type) {
    const std::uint32_t base = hash_type & kBaseMask;
    const std::size_t own = in.value;
    if (own >= tx.inputs.size() || (base == sighash_single && own >= tx.outputs.size())) {
        SignatureHash one;
        one.value[0] = 1;
        return one;
    }
    const Bytes code = without_code_separators(script_code);
    const bool anyone = (hash_type & sighash_anyone_can_pay) != 0;
    Writer message;
    message.little<4>(tx.version);
    message.compact_size(anyone ? 1 : tx.inputs.size());
    for (std::size_t i = anyone ? own : 0; i < (anyone ? own + 1 : tx.inputs.size()); ++i) {
        write(message, tx.inputs[i].prevout);
        write_sized(message, i == own ? ByteView(code) : ByteView());
        message.little<4>(legacy_sequence(tx, i, own, base));
    }
    write_legacy_outputs(message, tx, own, base);
    message.little<4>(tx.lock_time);
    message.little<4>(hash_type);
    return double_hash(message);
}

SighashParts sighash_parts(const Transaction& tx, std::span<const TxOut> spent) {
    Writer prevouts;
    Writer sequences;
    for (const TxIn& in : tx.inputs) {
        write(prevouts, in.prevout);
        sequences.little<4>(in.sequence);
    }
    Writer outputs;
    for (const TxOut& output : tx.outputs) write(outputs, output);
    Writer amounts;
    Writer scripts;
    for (const TxOut& output : spent) {
        amounts.little<8>(output.amount.units());
        write_sized(scripts, output.script);
    }
    return {.prevouts = sha256(prevouts.bytes()),
            .sequences = sha256(sequences.bytes()),
            .outputs = sha256(outputs.bytes()),
            .spent_amounts = sha256(amounts.bytes()),
            .spent_scripts = sha256(scripts.bytes())};
}

SignatureHash segwit_sighash(const Transaction& tx,
                             const SighashParts& parts,
                             InIndex in,
                             ByteView script_code,
                             Amount amount,
                             std::uint32_t hash_type) {
    CHECK(in.value < tx.inputs.size());
    const std::uint32_t base = hash_type & kBaseMask;
    const bool anyone = (hash_type & sighash_anyone_can_pay) != 0;
    const bool all = base != sighash_none && base != sighash_single;
    const auto again = [](const Sha256Hash& once) { return sha256(once.view()); };
    Sha256Hash outputs;
    if (all)
        outputs = again(parts.outputs);
    else if (base == sighash_single && in.value < tx.outputs.size())
        outputs = again(hash_output(tx.outputs[in.value]));

    Writer message;
    message.little<4>(tx.version);
    message.hash(anyone ? Sha256Hash() : again(parts.prevouts));
    message.hash(anyone || !all ? Sha256Hash() : again(parts.sequences));
    write(message, tx.inputs[in.value].prevout);
    write_sized(message, script_code);
    message.little<8>(amount.units());
    message.little<4>(tx.inputs[in.value].sequence);
    message.hash(outputs);
    message.little<4>(tx.lock_time);
    message.little<4>(hash_type);
    return double_hash(message);
}

Expected<SignatureHash> taproot_sighash(const Transaction& tx,
                                        const SighashParts& parts,
                                        std::span<const TxOut> spent,
                                        InIndex in,
                                        const TaprootSpend& spend) {
    CHECK(in.value < tx.inputs.size() && spent.size() == tx.inputs.size());
    if (!known_to_taproot(spend.hash_type))
        return fail(ErrorCode::invalid,
                    "taproot knows no signature hash type " + std::to_string(spend.hash_type));
    const bool anyone = (spend.hash_type & sighash_anyone_can_pay) != 0;
    const unsigned base = spend.hash_type & sighash_single;
    if (base == sighash_single && in.value >= tx.outputs.size())
        return fail(ErrorCode::invalid, "input " + std::to_string(in.value) +
                                            " signs the output at its index, which does not exist");

    Writer message;
    message.put(0);  // epoch
    message.put(spend.hash_type);
    message.little<4>(tx.version);
    message.little<4>(tx.lock_time);
    if (!anyone) write_shared_inputs(message, parts);
    if (base != sighash_none && base != sighash_single) message.hash(parts.outputs);
    message.put(static_cast<std::uint8_t>((spend.tapscript ? 2 : 0) + (spend.annex ? 1 : 0)));
    if (anyone) {
        write(message, tx.inputs[in.value].prevout);
        write(message, spent[in.value]);
        message.little<4>(tx.inputs[in.value].sequence);
    } else {
        message.little<4>(in);
    }
    write_annex_hash(message, spend);
    if (base == sighash_single) message.hash(hash_output(tx.outputs[in.value]));
    if (spend.tapscript) {
        message.hash(spend.tapscript->leaf_hash);
        message.put(0);  // key version
        message.little<4>(spend.tapscript->code_separator);
    }
    return SignatureHash{tagged_hash("TapSighash", message.bytes()).value};
}

}  // namespace wagetrail
