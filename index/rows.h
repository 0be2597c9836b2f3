// The rows of an index: keys and values of every observed family, each listed once. SCHEMA.md has
// the same as tables. Ids in keys are five bytes, most significant first.
#pragma once

#include "chain/address.h"
#include "chain/bitcoin/block.h"
#include "chain/source/block_source.h"

#include "index/database.h"

#include <array>
#include <optional>
#include <vector>

namespace wagetrail::index {

inline constexpr std::uint32_t kFormat = 1;
inline constexpr std::size_t kChunkTransactions = 64;  // transactions per chunk; never over a block
inline constexpr std::size_t kHistoryRowBytes = 4096;  // postings of one history row
inline constexpr unsigned kBucketBits = 6;             // outputs per `spent` bucket: 64
inline constexpr std::size_t kHashPrefix = 6;

/// Any id as a key: five bytes, big-endian.
template <class Tag>
[[nodiscard]] Bytes id_key(Id<Tag, std::uint64_t> id) {
    Writer writer;
    writer.big<5>(id);
    return std::move(writer).bytes();
}
[[nodiscard]] Bytes height_key(Height height);
/// First bytes of a hash and the id it stands for.
template <class Tag, class IdTag>
[[nodiscard]] Bytes hash_key(const Hash<Tag>& hash, Id<IdTag, std::uint64_t> id) {
    Writer writer;
    writer.raw(hash.view().first(kHashPrefix));
    writer.big<5>(id);
    return std::move(writer).bytes();
}
[[nodiscard]] Bytes hash_key(const BlockHash& hash, Height height);
/// Tip rows of `meta`: one per height, the last is the tip.
[[nodiscard]] Bytes tip_key(Height height);
/// The id at the end of a key; nullopt when the key is too short.
[[nodiscard]] std::optional<std::uint64_t> trailing_id(ByteView key);

/// `blocks`: height -> what the block is and which ids are its own.
struct BlockRow {
    BlockHeader header;
    BlockHash hash;
    TxId first_tx;
    InId first_in;
    OutId first_out;
    AddrId first_addr;
    std::uint64_t tx_count = 0;
    std::uint64_t in_count = 0;
    std::uint64_t out_count = 0;
    std::uint64_t addr_count = 0;
    std::uint64_t size = 0;            // serialised bytes, witness and extension included
    std::uint64_t extension_size = 0;  // of Litecoin's extension block

    static void fields(auto& codec, auto& row) {
        BlockHeader::fields(codec, row.header);
        codec.hash(row.hash);
        codec.varint(row.first_tx.value);
        codec.varint(row.first_in.value);
        codec.varint(row.first_out.value);
        codec.varint(row.first_addr.value);
        codec.varint(row.tx_count);
        codec.varint(row.in_count);
        codec.varint(row.out_count);
        codec.varint(row.addr_count);
        codec.varint(row.size);
        codec.varint(row.extension_size);
    }
    [[nodiscard]] TxId end_tx() const { return first_tx.next(tx_count); }
    [[nodiscard]] InId end_in() const { return first_in.next(in_count); }
    [[nodiscard]] OutId end_out() const { return first_out.next(out_count); }
    [[nodiscard]] AddrId end_addr() const { return first_addr.next(addr_count); }
};

/// Observed facts of a transaction beyond its amounts, in one byte.
struct TxFlags {
    enum class VersionClass : std::uint8_t { other, one, two, three };
    enum class LockTimeClass : std::uint8_t { none, height, time };

    VersionClass version = VersionClass::other;
    LockTimeClass lock_time = LockTimeClass::none;
    bool signals_rbf = false;  // some input's sequence is below 0xFFFFFFFE (BIP125)
    bool has_witness = false;
    bool is_coinbase = false;
    bool is_hogex = false;

    [[nodiscard]] std::uint8_t packed() const;
    [[nodiscard]] static TxFlags unpacked(std::uint8_t byte);
    friend bool operator==(const TxFlags&, const TxFlags&) = default;
};

struct TxEntry {
    std::uint64_t in_count = 0;  // 0 for a coinbase
    std::uint64_t out_count = 0;
    std::uint64_t size = 0;  // bytes, witness included
    Amount fee;              // 0 for a coinbase
    TxFlags flags;
};

/// `tx`: last TxId of the chunk -> its transactions.
struct TxChunk {
    Height height;
    std::uint64_t first_index = 0;  // position in the block of the first transaction here
    InId first_in;
    OutId first_out;
    std::vector<TxEntry> entries;

    [[nodiscard]] Bytes encoded() const;
    [[nodiscard]] static Expected<TxChunk> decoded(ByteView value);
};

struct OutEntry {
    Amount amount;
    AddrId address;
};

/// `out`: last OutId of the chunk -> amount and address of each output.
struct OutChunk {
    TxId last_tx;      // of the chunk, to find the `tx` row
    AddrId next_addr;  // first id that was free before the first output here
    std::vector<OutEntry> entries;

    [[nodiscard]] Bytes encoded() const;
    [[nodiscard]] static Expected<OutChunk> decoded(ByteView value);
};

/// How many entries an OutChunk has; 0 for bytes that are none.
[[nodiscard]] std::uint64_t out_count(ByteView value);
/// One of them, without decoding those behind it. back: below out_count; 0 is the last.
[[nodiscard]] Expected<OutEntry> pick_out(ByteView value, std::uint64_t back);

/// `in`: last InId of the chunk -> the output each input spends.
struct InChunk {
    TxId last_tx;
    OutId base;  // first output of the chunk: deltas count from it
    std::vector<OutId> spends;

    [[nodiscard]] Bytes encoded() const;
    [[nodiscard]] static Expected<InChunk> decoded(ByteView value);
};

/// `addr`: last AddrId of the chunk -> kind and payload of each new address. Kept as the bytes of
/// the row: most readers want one of its addresses.
class AddrChunk {
  public:
    void add(const Address& address);

    [[nodiscard]] std::size_t size() const { return starts_.size(); }
    [[nodiscard]] Address at(LedgerId ledger, std::size_t index) const;

    [[nodiscard]] Bytes encoded() const;
    [[nodiscard]] static Expected<AddrChunk> decoded(ByteView value);

  private:
    Bytes bytes_;                        // one address after the other
    std::vector<std::uint32_t> starts_;  // of each, in bytes_
};

struct Spend {
    OutId out;
    TxId tx;
    InIndex vin;
    friend auto operator<=>(const Spend&, const Spend&) = default;
};

/// `spent`: bucket of 64 outputs + first spending transaction of a block -> who spends which.
struct SpentRow {
    std::vector<Spend> spends;  // of one bucket and block, sorted

    [[nodiscard]] Bytes key() const;
    [[nodiscard]] Bytes encoded() const;
    [[nodiscard]] static Expected<SpentRow> decoded(ByteView key, ByteView value);
    /// Puts the row's spends behind those that are there: a bucket has a row for each block.
    [[nodiscard]] static Expected<void> append_decoded(ByteView key,
                                                       ByteView value,
                                                       std::vector<Spend>& spends);
};
[[nodiscard]] Bytes spent_prefix(OutId out);

struct Totals {
    std::uint64_t tx_count = 0;
    Amount received;
    Amount sent;
    friend bool operator==(const Totals&, const Totals&) = default;
};

/// One transaction in the life of an address.
struct Posting {
    TxId tx;
    bool pays = false;    // some output pays the address
    bool spends = false;  // some input spends from it
    friend auto operator<=>(const Posting&, const Posting&) = default;
};

/// `history`: address + first transaction here -> totals after the row, and its postings.
struct HistoryRow {
    AddrId address;
    Totals after;
    std::vector<Posting> postings;  // ascending, of one block

    [[nodiscard]] Bytes key() const;
    [[nodiscard]] Bytes encoded() const;
    [[nodiscard]] static Expected<HistoryRow> decoded(ByteView key, ByteView value);
};
[[nodiscard]] Bytes history_key(AddrId address, TxId first);

/// `source_pos`: height -> where the source keeps the block. Not part of the digest.
[[nodiscard]] Bytes encoded(const SourcePosition& position);
[[nodiscard]] Expected<SourcePosition> decoded_source_position(ByteView value);

[[nodiscard]] Bytes encoded(const BlockRow& row);
[[nodiscard]] Expected<BlockRow> decoded_block_row(ByteView value);

}  // namespace wagetrail::index
