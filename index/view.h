// What a ledger was as of one block: the read side of the index, for heuristics, traces and
// answers. Everything after that block is invisible, also spends of earlier outputs. Not
// thread-safe: one view per thread; views of one Database may be used side by side. Ids are valid
// inside one view only.
#pragma once

#include "chain/base/time.h"

#include "index/chunk_cache.h"
#include "index/rows.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace wagetrail::index {

struct AsOf {
    LedgerId ledger = LedgerId::btc;
    Height height;
    BlockHash block_hash;
    friend bool operator==(const AsOf&, const AsOf&) = default;
};

/// A transaction as the index counts it: enough to follow value.
struct TxPlace {
    TxId id;
    Height height;
    std::uint64_t index = 0;  // in its block
    InId first_in;
    OutId first_out;
    TxEntry entry;
};

/// With the name that others know it by, which is a look-up of its own.
struct TxRecord : TxPlace {
    Txid txid;
};

struct OutputRecord {
    OutId id;
    Amount amount;
    AddrId address;
};

struct HistoryPage {
    std::vector<Posting> postings;  // ascending, of history_back descending
    std::optional<TxId> next;       // where the following page starts; nullopt at the end
};

class LedgerView {
  public:
    /// not_found when the database holds no block; invalid when height is above its tip; corrupt
    /// when it is of another ledger or format (the message has the command to rebuild).
    [[nodiscard]] static Expected<LedgerView> open(ReadHandle reader, LedgerId ledger);
    [[nodiscard]] static Expected<LedgerView> open_at(ReadHandle reader,
                                                      LedgerId ledger,
                                                      Height height);

    /// Whether the last block's rows are in every family that each block has rows in.
    [[nodiscard]] Expected<bool> is_complete() const;

    [[nodiscard]] const AsOf& as_of() const { return as_of_; }
    [[nodiscard]] LedgerId ledger() const { return as_of_.ledger; }
    [[nodiscard]] const ReadHandle& reader() const { return reader_; }
    [[nodiscard]] TxId end_tx() const { return end_tx_; }  // first id after the view

    [[nodiscard]] Expected<BlockRow> block(Height height) const;  // not_found above as_of
    /// The last block whose time is not after the moment; one below it may be, as block times run
    /// back by hours. Found by the median time past (BIP113), which never goes back. not_found when
    /// the moment is before the genesis block.
    [[nodiscard]] Expected<Height> height_at(Time moment) const;
    [[nodiscard]] Expected<std::optional<Height>> find_block(const BlockHash& hash) const;

    /// The newest transaction of that id (BIP30 duplicates: two coinbases have two each).
    [[nodiscard]] Expected<std::optional<TxId>> find_tx(const Txid& txid) const;
    [[nodiscard]] Expected<TxRecord> tx(TxId id) const;
    [[nodiscard]] Expected<TxPlace> place(TxId id) const;
    [[nodiscard]] Expected<Txid> txid(TxId id) const;
    /// Which transaction made an output.
    [[nodiscard]] Expected<TxRecord> tx_of(OutId out) const;
    [[nodiscard]] Expected<TxPlace> place_of(OutId out) const;
    [[nodiscard]] Expected<std::vector<OutId>> inputs(const TxPlace& tx) const;
    [[nodiscard]] Expected<std::vector<OutputRecord>> outputs(const TxPlace& tx) const;
    [[nodiscard]] Expected<OutputRecord> output(OutId id) const;
    [[nodiscard]] Expected<std::optional<Spend>> spender(OutId out) const;
    /// Raw txids of a block, in order (for Merkle proofs).
    [[nodiscard]] Expected<std::vector<Txid>> txids(const BlockRow& block) const;

    [[nodiscard]] Expected<std::optional<AddrId>> find_address(const Address& address) const;
    /// By the SHA-256 of its script.
    [[nodiscard]] Expected<std::optional<AddrId>> find_script(const Sha256Hash& script_hash) const;
    [[nodiscard]] Expected<Address> address(AddrId id) const;
    [[nodiscard]] Expected<Totals> totals(AddrId id) const;
    /// Postings from `from` on, at most limit of them.
    [[nodiscard]] Expected<HistoryPage> history(AddrId id, TxId from, std::size_t limit) const;
    /// Those before `end`, the newest first; page.next is the newest of the rest.
    [[nodiscard]] Expected<HistoryPage> history_back(AddrId id, TxId end, std::size_t limit) const;

    [[nodiscard]] Expected<std::optional<SourcePosition>> source_position(Height height) const;

  private:
    LedgerView(ReadHandle reader, AsOf as_of, const BlockRow& last);
    [[nodiscard]] Expected<Time> median_time_past(Height height) const;
    [[nodiscard]] Cursor& cursor(Family family, Scan scan) const;
    /// The chunk that holds an id; nullptr: there is none. decode: Expected<Chunk>(ByteView);
    /// count: of its rows.
    template <class Chunk, class Decode, class Count>
    [[nodiscard]] Expected<const typename ChunkCache<Chunk>::Kept*> chunk_of(
        Family family,
        std::uint64_t id,
        ChunkCache<Chunk>& cache,
        const Decode& decode,
        const Count& count) const;
    /// Moves a cursor to the row of a chunk that holds an id: how many places the id is before the
    /// row's end; nullopt: no row holds it. count: of a row's entries, by its value.
    template <class Count>
    [[nodiscard]] static Expected<std::optional<std::uint64_t>> stand_on(Cursor& chunks,
                                                                         std::uint64_t id,
                                                                         const Count& count);
    [[nodiscard]] Expected<const ChunkCache<TxChunk>::Kept*> tx_chunk(TxId id) const;
    [[nodiscard]] Expected<const ChunkCache<OutChunk>::Kept*> out_chunk(OutId id) const;
    [[nodiscard]] Expected<std::vector<Spend>> spends_of(std::uint64_t bucket) const;

    ReadHandle reader_;
    AsOf as_of_;
    TxId end_tx_;
    OutId end_out_;
    AddrId end_addr_;
    mutable std::map<std::pair<Family, Scan>, Cursor> cursors_;  // opened on first use
    mutable ChunkCache<TxChunk> tx_chunks_;
    mutable ChunkCache<InChunk> in_chunks_;
    mutable ChunkCache<OutChunk> out_chunks_;
    mutable ChunkCache<AddrChunk> addr_chunks_;
    mutable ChunkCache<std::vector<Spend>> spends_;  // by bucket, sorted
    mutable ChunkCache<BlockRow> blocks_;            // by height
};

}  // namespace wagetrail::index
