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

ByteView take_payload(Reader& reader, AddressKind kind) {
    const auto size = payload_size(kind);
    return reader.take(size ? *size : reader.varint());
}

/// What an `out` row begins with.
struct OutHead {
    TxId last_tx;
    AddrId next_addr;
    std::size_t count = 0;  // of entries

    static OutHead read(Reader& reader) {
        const TxId last_tx(reader.varint());
        const AddrId next_addr(reader.varint());
        return {.last_tx = last_tx, .next_addr = next_addr, .count = entry_count(reader)};
    }
};

/// Amounts and addresses of an `out` row, one after the other.
class OutEntries {
  public:
    OutEntries(Reader& reader, AddrId next_addr) : reader_(reader), next_(next_addr) {}

    /// nullopt: no address has that number.
    std::optional<OutEntry> take() {
        const Amount amount(reader_.varint());
        const std::uint64_t back = reader_.varint();
        if (back > next_.value) return std::nullopt;  // raw: counts back from it
        const AddrId address(next_.value - back);     // raw: the same
        if (back == 0) next_ = next_.next();
        return OutEntry{amount, address};
    }

  private:
    Reader& reader_;
    AddrId next_;  // free before the entry
};

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
    const OutHead head = OutHead::read(reader);
    OutChunk chunk{.last_tx = head.last_tx,
                   .next_addr = head.next_addr,
                   .entries = std::vector<OutEntry>(head.count)};
    OutEntries entries(reader, chunk.next_addr);
    for (OutEntry& entry : chunk.entries) {
        const auto taken = entries.take();
        if (!taken) return damaged("out");
        entry = *taken;
    }
    if (!reader.done()) return damaged("out");
    return chunk;
}

std::uint64_t out_count(ByteView value) {
    Reader reader(value);
    return OutHead::read(reader).count;
}

Expected<OutEntry> pick_out(ByteView value, std::uint64_t back) {
    Reader reader(value);
    const OutHead head = OutHead::read(reader);
    CHECK(back < head.count);
    OutEntries entries(reader, head.next_addr);
    for (std::uint64_t skip = head.count - 1 - back; skip > 0; --skip)
        if (!entries.take()) return damaged("out");
    const auto entry = entries.take();
    if (!entry || !reader.ok()) return damaged("out");
    return *entry;
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

void AddrChunk::add(const Address& address) {
    starts_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    Writer writer;
    writer.put(static_cast<std::uint8_t>(address.kind));
    if (payload_size(address.kind))
        writer.raw(address.payload);
    else
        writer.sized(address.payload);
    append(bytes_, writer.bytes());
}

Address AddrChunk::at(LedgerId ledger, std::size_t index) const {
    Reader reader(ByteView(bytes_).subspan(starts_[index]));
    const auto kind = static_cast<AddressKind>(reader.byte());
    return {.ledger = ledger, .kind = kind, .payload = to_bytes(take_payload(reader, kind))};
}

Bytes AddrChunk::encoded() const {
    Writer writer;
    writer.varint(starts_.size());
    writer.raw(bytes_);
    return std::move(writer).bytes();
}

Expected<AddrChunk> AddrChunk::decoded(ByteView value) {
    Reader reader(value);
    AddrChunk chunk;
    chunk.starts_.resize(entry_count(reader));
    const std::size_t first = reader.position();
    for (std::uint32_t& start : chunk.starts_) {
        start = static_cast<std::uint32_t>(reader.position() - first);
        const std::uint8_t kind = reader.byte();
        if (kind > static_cast<std::uint8_t>(AddressKind::nonstandard)) return damaged("addr");
        static_cast<void>(take_payload(reader, static_cast<AddressKind>(kind)));
    }
    if (!reader.done()) return damaged("addr");
    chunk.bytes_ = to_bytes(value.subspan(first));
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
    SpentRow row;
    TRY(append_decoded(key, value, row.spends));
    return row;
}

Expected<void> SpentRow::append_decoded(ByteView key, ByteView value, std::vector<Spend>& spends) {
    Reader key_reader(key);
    std::uint64_t bucket = 0;
    TxId first;
    key_reader.big<5>(bucket);
    key_reader.big<5>(first);
    if (!key_reader.done()) return damaged("spent");
    Reader reader(value);
    if (value.empty()) return damaged("spent");
    while (reader.ok() && reader.left() > 0) {
        Spend spend;
        spend.out = OutId((bucket << kBucketBits) | reader.byte());
        spend.tx = first.next(reader.varint());
        spend.vin = InIndex(static_cast<std::uint32_t>(reader.varint()));
        spends.push_back(spend);
    }
    if (!reader.done()) return damaged("spent");
    return {};
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
