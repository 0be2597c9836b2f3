#include "chain/bitcoin/transaction.h"

#include "chain/base/sha256.h"

#include <algorithm>
#include <string>

namespace wagetrail {
namespace {

constexpr std::size_t kInputBytesMin = 32 + 4 + 1 + 4;
constexpr std::size_t kOutputBytesMin = 8 + 1;
/// No block may weigh more, and a byte weighs at least one unit (BIP141).
constexpr std::size_t kTransactionBytesMax = 4'000'000;
/// The most coins a ledger of the table will ever have: Litecoin's 84 million.
constexpr Amount kMoneyMax(84'000'000ULL * 100'000'000ULL);

constexpr std::uint8_t kWitnessFlag = 0x01;  // BIP144
constexpr std::uint8_t kMwebFlag = 0x08;     // LIP3

/// Where the parts of a transaction lie in the reader's bytes. Its ids hash these parts as they
/// are: the txid the version, the body and the lock time; the wtxid also marker, flag, witnesses.
struct Layout {
    std::size_t start = 0;
    std::size_t body = 0;  // the count of inputs, behind marker and flag if there are any
    std::size_t body_end = 0;
    std::size_t witness_end = 0;
    std::size_t lock_time = 0;
    std::size_t end = 0;
    std::uint8_t flags = 0;
};

ByteView read_script(Reader& reader) {
    return reader.take(reader.compact_size());
}

void read_inputs(Reader& reader, std::size_t count, std::vector<TxIn>& inputs) {
    inputs.reserve(count);
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        TxIn& input = inputs.emplace_back();
        reader.hash(input.prevout.txid);
        reader.little<4>(input.prevout.vout);
        input.script_sig = read_script(reader);
        reader.little<4>(input.sequence);
    }
}

void read_outputs(Reader& reader, std::vector<TxOut>& outputs) {
    const std::size_t count = reader.count(kOutputBytesMin);
    if (reader.ok() && count == 0) reader.fail_all("a transaction without outputs");
    outputs.reserve(count);
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        TxOut& output = outputs.emplace_back();
        std::uint64_t units = 0;
        reader.little<8>(units);
        output.amount = Amount(units);
        if (output.amount > kMoneyMax) reader.fail_all("an output of more than all coins");
        output.script = read_script(reader);
    }
}

Witness read_witness(Reader& reader) {
    Witness witness;
    const std::size_t count = reader.count(1);
    const std::size_t start = reader.position();
    for (std::size_t i = 0; i < count && reader.ok(); ++i)
        static_cast<void>(reader.take(reader.compact_size()));
    if (!reader.ok()) return witness;
    witness.count = static_cast<std::uint32_t>(count);
    witness.raw = reader.between(start, reader.position());
    return witness;
}

bool has_witness(const TxIn& input) {
    return input.witness.count != 0;
}

void read_witnesses(Reader& reader, Transaction& tx) {
    for (TxIn& input : tx.inputs) {
        if (!reader.ok()) return;
        input.witness = read_witness(reader);
    }
    tx.has_witness = std::any_of(tx.inputs.begin(), tx.inputs.end(), has_witness);
    if (reader.ok() && !tx.has_witness)
        reader.fail_all("the witness flag is set and all witnesses are empty");
}

/// The byte behind the witnesses that says whether an MWEB transaction follows. One that does is
/// for the mempool: in a block its place is the extension, and the HogEx says so with zero.
void read_mweb_pointer(Reader& reader, Transaction& tx) {
    if (reader.byte() != 0 && reader.ok())
        reader.fail_all("an MWEB transaction outside of the extension block");
    tx.is_hogex = true;
}

/// The count of inputs, past marker and flag.
std::size_t read_input_count(Reader& reader, bool mweb, Layout& layout) {
    layout.body = reader.position();
    std::size_t count = reader.count(kInputBytesMin);
    if (count == 0 && reader.ok()) {
        layout.flags = reader.byte();
        const unsigned known = mweb ? kWitnessFlag | kMwebFlag : kWitnessFlag;
        if ((layout.flags & ~known) != 0) reader.fail_all("an unknown transaction flag");
        layout.body = reader.position();
        if (layout.flags != 0) count = reader.count(kInputBytesMin);
    }
    if (count == 0 && reader.ok()) reader.fail_all("a transaction without inputs");
    return count;
}

void compute_ids(const Reader& reader, const Layout& layout, Transaction& tx) {
    if (layout.flags == 0) {
        tx.txid.value = sha256d(reader.between(layout.start, layout.end));
        tx.wtxid.value = tx.txid.value;
        return;
    }
    const ByteView version = reader.between(layout.start, layout.start + 4);
    const ByteView lock_time = reader.between(layout.lock_time, layout.end);
    Sha256 sha;
    sha.update(version).update(reader.between(layout.body, layout.body_end)).update(lock_time);
    tx.txid.value = sha.finish_double();
    if (!tx.has_witness) {
        tx.wtxid.value = tx.txid.value;
        return;
    }
    // Litecoin leaves its own flag and byte out of both ids.
    static constexpr std::array<std::uint8_t, 2> kMarkerAndFlag = {0, kWitnessFlag};
    sha.update(version).update(kMarkerAndFlag);
    sha.update(reader.between(layout.body, layout.witness_end)).update(lock_time);
    tx.wtxid.value = sha.finish_double();
}

}  // namespace

std::vector<ByteView> Witness::items() const {
    std::vector<ByteView> items;
    items.reserve(count);
    Reader reader(raw);
    for (std::uint32_t i = 0; i < count; ++i) items.push_back(reader.take(reader.compact_size()));
    CHECK(reader.done());
    return items;
}

bool Transaction::is_coinbase() const {
    return inputs.size() == 1 && inputs[0].prevout.vout.value == 0xFFFFFFFF &&
           inputs[0].prevout.txid == Txid{};
}

Transaction decode_transaction(Reader& reader, bool mweb) {
    Transaction tx;
    Layout layout;
    layout.start = reader.position();
    reader.little<4>(tx.version);
    const std::size_t input_count = read_input_count(reader, mweb, layout);
    read_inputs(reader, input_count, tx.inputs);
    read_outputs(reader, tx.outputs);
    layout.body_end = reader.position();
    if ((layout.flags & kWitnessFlag) != 0) read_witnesses(reader, tx);
    layout.witness_end = reader.position();
    if ((layout.flags & kMwebFlag) != 0) read_mweb_pointer(reader, tx);
    layout.lock_time = reader.position();
    reader.little<4>(tx.lock_time);
    layout.end = reader.position();
    if (reader.ok() && layout.end - layout.start > kTransactionBytesMax)
        reader.fail_all("a transaction larger than a block may be");
    if (!reader.ok()) return tx;
    tx.size = static_cast<std::uint32_t>(layout.end - layout.start);
    compute_ids(reader, layout, tx);
    return tx;
}

Expected<Transaction> decode_transaction(ByteView bytes, bool mweb) {
    Reader reader(bytes);
    Transaction tx = decode_transaction(reader, mweb);
    if (reader.done()) return tx;
    if (reader.ok()) reader.fail_all("the transaction has ended and more bytes follow");
    return fail(ErrorCode::corrupt, "transaction, at byte " + std::to_string(reader.failed_at()) +
                                        " of " + std::to_string(bytes.size()) + ": " +
                                        std::string(reader.why()));
}

Bytes encode(const Transaction& tx, Serialise what) {
    unsigned flags = 0;
    if (what == Serialise::with_witness) {
        if (std::any_of(tx.inputs.begin(), tx.inputs.end(), has_witness)) flags |= kWitnessFlag;
        if (tx.is_hogex) flags |= kMwebFlag;
    }
    Writer writer;
    writer.little<4>(tx.version);
    if (flags != 0) {
        writer.put(0);
        writer.put(static_cast<std::uint8_t>(flags));
    }
    writer.compact_size(tx.inputs.size());
    for (const TxIn& input : tx.inputs) {
        writer.hash(input.prevout.txid);
        writer.little<4>(input.prevout.vout);
        writer.compact_size(input.script_sig.size());
        writer.raw(input.script_sig);
        writer.little<4>(input.sequence);
    }
    writer.compact_size(tx.outputs.size());
    for (const TxOut& output : tx.outputs) {
        writer.little<8>(output.amount.units());
        writer.compact_size(output.script.size());
        writer.raw(output.script);
    }
    if ((flags & kWitnessFlag) != 0) {
        for (const TxIn& input : tx.inputs) {
            writer.compact_size(input.witness.count);
            writer.raw(input.witness.raw);
        }
    }
    if ((flags & kMwebFlag) != 0) writer.put(0);
    writer.little<4>(tx.lock_time);
    return std::move(writer).bytes();
}

}  // namespace wagetrail
