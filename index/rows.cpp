#include "index/rows.h"

namespace wagetrail::index {
namespace {

std::unexpected<Error> damaged(std::string_view family) {
    return fail(ErrorCode::corrupt, "a row of family " + std::string(family) +
                                        " does not decode; run wagetrail doctor --deep");
}

std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U);
}

std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1U));
}

/// A count of entries of at least one byte each: cannot promise more than the row holds.
std::size_t entry_count(Reader& reader) {
    const std::uint64_t count = reader.varint();
    if (count <= reader.left()) return count;
    reader.fail_all();
    return 0;
}

constexpr std::optional<std::size_t> payload_size(AddressKind kind) {
    switch (kind) {
        case AddressKind::p2pkh:
        case AddressKind::p2sh:
        case AddressKind::p2wpkh:
            return 20;
        case AddressKind::p2wsh:
        case AddressKind::p2tr:
            return 32;
        case AddressKind::p2pk:
        case AddressKind::multisig:
        case AddressKind::op_return:
        case AddressKind::witness:
        case AddressKind::nonstandard:
            break;
    }
    return std::nullopt;
}

}  // namespace

Bytes height_key(Height height) {
    Writer writer;
    writer.big<4>(height);
    return std::move(writer).bytes();
}

Bytes hash_key(const BlockHash& hash, Height height) {
    Writer writer;
    writer.raw(hash.view().first(kHashPrefix));
    writer.big<4>(height);
    return std::move(writer).bytes();
}

Bytes tip_key(Height height) {
    Writer writer;
    writer.put('t');
    writer.big<4>(height);
    return std::move(writer).bytes();
}

std::optional<std::uint64_t> trailing_id(ByteView key) {
    if (key.size() < 5) return std::nullopt;
    std::uint64_t id = 0;
    Reader reader(key.last(5));
    reader.big<5>(id);
    return id;
}

Bytes encoded(const BlockRow& row) {
    Writer writer;
    BlockRow::fields(writer, row);
    return std::move(writer).bytes();
}

Expected<BlockRow> decoded_block_row(ByteView value) {
    Reader reader(value);
    BlockRow row;
    BlockRow::fields(reader, row);
    if (!reader.done()) return damaged("blocks");
    return row;
}

std::uint8_t TxFlags::packed() const {
    const auto bit = [](bool on, unsigned at) { return on ? 1U << at : 0U; };
    return static_cast<std::uint8_t>(static_cast<unsigned>(version) |
                                     static_cast<unsigned>(lock_time) << 2U | bit(signals_rbf, 4) |
                                     bit(has_witness, 5) | bit(is_coinbase, 6) | bit(is_hogex, 7));
}

TxFlags TxFlags::unpacked(std::uint8_t byte) {
    const auto bit = [byte](unsigned at) { return ((unsigned{byte} >> at) & 1U) != 0; };
    return {.version = static_cast<VersionClass>(byte & 3U),
            .lock_time = static_cast<LockTimeClass>((unsigned{byte} >> 2U) & 3U),
            .signals_rbf = bit(4),
            .has_witness = bit(5),
            .is_coinbase = bit(6),
            .is_hogex = bit(7)};
}

Bytes TxChunk::encoded() const {
    Writer writer;
    writer.varint(height.value);
    writer.varint(first_index);
    writer.varint(first_in.value);
    writer.varint(first_out.value);
    writer.varint(entries.size());
    for (const TxEntry& entry : entries) {
        writer.put(entry.flags.packed());
        writer.varint(entry.in_count);
        writer.varint(entry.out_count);
        writer.varint(entry.size);
        writer.varint(entry.fee.units());
    }
    return std::move(writer).bytes();
}

Expected<TxChunk> TxChunk::decoded(ByteView value) {
    Reader reader(value);
    TxChunk chunk;
    chunk.height = Height(static_cast<std::uint32_t>(reader.varint()));
    chunk.first_index = reader.varint();
    chunk.first_in = InId(reader.varint());
    chunk.first_out = OutId(reader.varint());
    chunk.entries.resize(entry_count(reader));
    for (TxEntry& entry : chunk.entries) {
        entry.flags = TxFlags::unpacked(reader.byte());
        entry.in_count = reader.varint();
        entry.out_count = reader.varint();
        entry.size = reader.varint();
        entry.fee = Amount(reader.varint());
    }
    if (!reader.done()) return damaged("tx");
    return chunk;
}

Bytes OutChunk::encoded() const {
    Writer writer;
    writer.varint(last_tx.value);
    writer.varint(next_addr.value);
    writer.varint(entries.size());
    AddrId next = next_addr;
    for (const OutEntry& entry : entries) {
        CHECK(entry.address <= next);
        writer.varint(entry.amount.units());
        writer.varint(next.value - entry.address.value);  // 0: the next new address
        if (entry.address == next) next = next.next();
    }
    return std::move(writer).bytes();
}

Expected<OutChunk> OutChunk::decoded(ByteView value) {
    Reader reader(value);
    OutChunk chunk;
    chunk.last_tx = TxId(reader.varint());
    chunk.next_addr = AddrId(reader.varint());
    chunk.entries.resize(entry_count(reader));
    AddrId next = chunk.next_addr;
    for (OutEntry& entry : chunk.entries) {
        entry.amount = Amount(reader.varint());
        const std::uint64_t back = reader.varint();
        if (back > next.value) return damaged("out");
        entry.address = AddrId(next.value - back);
        if (back == 0) next = next.next();
    }
    if (!reader.done()) return damaged("out");
    return chunk;
}

Bytes InChunk::encoded() const {
    Writer writer;
    writer.varint(last_tx.value);
    writer.varint(base.value);
    writer.varint(spends.size());
    // Usually an earlier output; a later one inside a block of a chain with canonical order.
    for (const OutId out : spends)
        writer.varint(zigzag(static_cast<std::int64_t>(base.value - out.value)));
    return std::move(writer).bytes();
}

Expected<InChunk> InChunk::decoded(ByteView value) {
    Reader reader(value);
    InChunk chunk;
    chunk.last_tx = TxId(reader.varint());
    chunk.base = OutId(reader.varint());
    chunk.spends.resize(entry_count(reader));
    for (OutId& out : chunk.spends)
        out = OutId(chunk.base.value - static_cast<std::uint64_t>(unzigzag(reader.varint())));
    if (!reader.done()) return damaged("in");
    return chunk;
}

Bytes AddrChunk::encoded() const {
    Writer writer;
    writer.varint(entries.size());
    for (const Address& address : entries) {
        writer.put(static_cast<std::uint8_t>(address.kind));
        if (payload_size(address.kind))
            writer.raw(address.payload);
        else
            writer.sized(address.payload);
    }
    return std::move(writer).bytes();
}

Expected<AddrChunk> AddrChunk::decoded(LedgerId ledger, ByteView value) {
    Reader reader(value);
    AddrChunk chunk;
    chunk.entries.resize(entry_count(reader));
    for (Address& address : chunk.entries) {
        const std::uint8_t kind = reader.byte();
        if (kind > static_cast<std::uint8_t>(AddressKind::nonstandard)) return damaged("addr");
        address.ledger = ledger;
        address.kind = static_cast<AddressKind>(kind);
        if (const auto size = payload_size(address.kind))
            address.payload = to_bytes(reader.take(*size));
        else
            reader.sized(address.payload);
    }
    if (!reader.done()) return damaged("addr");
    return chunk;
}

Bytes spent_prefix(OutId out) {
    return id_key(OutId(out.value >> kBucketBits));
}

Bytes SpentRow::key() const {
    CHECK(!spends.empty());
    Bytes key = spent_prefix(spends.front().out);
    append(key, id_key(spends.front().tx));
    return key;
}

Bytes SpentRow::encoded() const {
    constexpr std::uint64_t kLow = (1U << kBucketBits) - 1;
    Writer writer;
    const TxId first = spends.front().tx;
    for (const Spend& spend : spends) {
        writer.put(static_cast<std::uint8_t>(spend.out.value & kLow));
        writer.varint(spend.tx.value - first.value);
        writer.varint(spend.vin.value);
    }
    return std::move(writer).bytes();
}

Expected<SpentRow> SpentRow::decoded(ByteView key, ByteView value) {
    Reader key_reader(key);
    std::uint64_t bucket = 0;
    TxId first;
    key_reader.big<5>(bucket);
    key_reader.big<5>(first);
    if (!key_reader.done()) return damaged("spent");
    Reader reader(value);
    SpentRow row;
    while (reader.ok() && reader.left() > 0) {
        Spend spend;
        spend.out = OutId((bucket << kBucketBits) | reader.byte());
        spend.tx = first.next(reader.varint());
        spend.vin = InIndex(static_cast<std::uint32_t>(reader.varint()));
        row.spends.push_back(spend);
    }
    if (!reader.done() || row.spends.empty()) return damaged("spent");
    return row;
}

Bytes history_key(AddrId address, TxId first) {
    Bytes key = id_key(address);
    append(key, id_key(first));
    return key;
}

Bytes HistoryRow::key() const {
    CHECK(!postings.empty());
    return history_key(address, postings.front().tx);
}

Bytes HistoryRow::encoded() const {
    Writer writer;
    writer.varint(after.tx_count);
    writer.varint(after.received.units());
    writer.varint(after.sent.units());
    TxId previous = postings.front().tx;
    for (const Posting& posting : postings) {
        const std::uint64_t delta = posting.tx.value - previous.value;
        writer.varint(delta << 2U | (posting.pays ? 2U : 0U) | (posting.spends ? 1U : 0U));
        previous = posting.tx;
    }
    return std::move(writer).bytes();
}

Expected<HistoryRow> HistoryRow::decoded(ByteView key, ByteView value) {
    Reader key_reader(key);
    HistoryRow row;
    TxId tx;
    key_reader.big<5>(row.address);
    key_reader.big<5>(tx);
    if (!key_reader.done()) return damaged("history");
    Reader reader(value);
    row.after.tx_count = reader.varint();
    row.after.received = Amount(reader.varint());
    row.after.sent = Amount(reader.varint());
    while (reader.ok() && reader.left() > 0) {
        const std::uint64_t bits = reader.varint();
        tx = tx.next(bits >> 2U);
        row.postings.push_back({tx, (bits & 2U) != 0, (bits & 1U) != 0});
    }
    if (!reader.done() || row.postings.empty()) return damaged("history");
    return row;
}

Bytes encoded(const SourcePosition& position) {
    Writer writer;
    writer.varint(position.file);
    writer.varint(position.offset);
    return std::move(writer).bytes();
}

Expected<SourcePosition> decoded_source_position(ByteView value) {
    Reader reader(value);
    SourcePosition position;
    position.file = static_cast<std::uint32_t>(reader.varint());
    position.offset = reader.varint();
    if (!reader.done()) return damaged("source_pos");
    return position;
}

}  // namespace wagetrail::index
