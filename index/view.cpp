#include "index/view.h"

#include "chain/base/sha256.h"

#include <algorithm>

namespace wagetrail::index {
namespace {

std::unexpected<Error> missing(std::string_view what) {
    return fail(ErrorCode::corrupt,
                "the index has no " + std::string(what) + "; run wagetrail doctor --deep");
}

constexpr std::string_view kRebuild =
    "; delete the folder and run wagetrail sync again to rebuild it";

Expected<void> check_identity(const ReadHandle& reader, LedgerId ledger) {
    const auto format = TRY(reader.get(Family::meta, as_bytes("format")));
    const auto name = TRY(reader.get(Family::meta, as_bytes("ledger")));
    if (!format || !name)
        return fail(ErrorCode::not_found, "the index is empty: nothing synced yet");
    Reader number(*format);
    if (const std::uint64_t found = number.varint(); found != kFormat)
        return fail(ErrorCode::corrupt, "the index has format " + std::to_string(found) +
                                            ", this program reads " + std::to_string(kFormat) +
                                            std::string(kRebuild));
    if (!equal(*name, as_bytes(params(ledger).name)))
        return fail(ErrorCode::corrupt, "the index is of ledger " +
                                            std::string(name->begin(), name->end()) + ", not " +
                                            std::string(params(ledger).name));
    return {};
}

/// False: the page is full, and the next one starts there.
bool take(const Posting& posting, std::size_t limit, HistoryPage& page) {
    if (page.postings.size() == limit) {
        page.next = posting.tx;
        return false;
    }
    page.postings.push_back(posting);
    return true;
}

}  // namespace

LedgerView::LedgerView(ReadHandle reader, AsOf as_of, const BlockRow& last)
    : reader_(std::move(reader)),
      as_of_(as_of),
      end_tx_(last.end_tx()),
      end_out_(last.end_out()),
      end_addr_(last.end_addr()) {}

Expected<LedgerView> LedgerView::open(ReadHandle reader, LedgerId ledger) {
    TRY(check_identity(reader, ledger));
    Cursor cursor = reader.cursor(Family::blocks, Scan::whole);
    cursor.seek_back(height_key(Height(0xFFFFFFFF)));
    TRY(cursor.status());
    if (!cursor.valid())
        return fail(ErrorCode::not_found, "the index is empty: nothing synced yet");
    const BlockRow row = TRY(decoded_block_row(cursor.value()));
    Height height;
    Reader key(cursor.key());
    key.big<4>(height);
    return LedgerView(std::move(reader), {ledger, height, row.hash}, row);
}

Expected<LedgerView> LedgerView::open_at(ReadHandle reader, LedgerId ledger, Height height) {
    const LedgerView tip = TRY(open(reader, ledger));
    if (height > tip.as_of().height)
        return fail(ErrorCode::invalid, "height " + text(height) + " is above the index's tip " +
                                            text(tip.as_of().height));
    const BlockRow row = TRY(tip.block(height));
    return LedgerView(std::move(reader), {ledger, height, row.hash}, row);
}

Expected<bool> LedgerView::is_complete() const {
    const BlockRow last = TRY(block(as_of_.height));
    const auto ends_with = [&](Family family, std::uint64_t end) -> Expected<bool> {
        Cursor& rows = cursor(family, Scan::whole);
        if (end == 0) return true;
        rows.seek(id_key(TxId(end - 1)));
        TRY(rows.status());
        return rows.valid();
    };
    // raw: ends of id ranges, compared with keys
    for (const auto& [family, end] :
         {std::pair(Family::tx, last.end_tx().value), std::pair(Family::txids, last.end_tx().value),
          std::pair(Family::out, last.end_out().value), std::pair(Family::in, last.end_in().value),
          std::pair(Family::addr, last.end_addr().value)})
        if (!TRY(ends_with(family, end))) return false;
    if (!TRY(reader_.get(Family::meta, tip_key(as_of_.height)))) return false;
    if (TRY(find_block(last.hash)) != as_of_.height) return false;
    const auto ids = TRY(txids(last));
    const TxId last_tx(last.end_tx().value - 1);  // raw: the last one
    if (!TRY(reader_.get(Family::txid_hash, hash_key(ids.back(), last_tx)))) return false;
    for (const OutputRecord& output : TRY(outputs(TRY(tx(last_tx)))))
        if (TRY(history(output.address, last_tx, 1)).postings.empty()) return false;
    return true;
}

Cursor& LedgerView::cursor(Family family, Scan scan) const {
    const auto key = std::pair(family, scan);
    auto found = cursors_.find(key);
    if (found == cursors_.end()) found = cursors_.emplace(key, reader_.cursor(family, scan)).first;
    return found->second;
}

Expected<BlockRow> LedgerView::block(Height height) const {
    if (height > as_of_.height)
        return fail(ErrorCode::not_found,
                    "no block at height " + text(height) + " as of height " + text(as_of_.height));
    // raw: a row's key
    if (const auto* const kept = blocks_.find(height.value)) return kept->chunk;
    const auto value = TRY(reader_.get(Family::blocks, height_key(height)));
    if (!value) return missing("block at height " + text(height));
    return blocks_.keep(height.value, 1, TRY(decoded_block_row(*value))).chunk;  // raw: the same
}

Expected<Time> LedgerView::median_time_past(Height height) const {
    constexpr std::uint32_t kSpan = 11;
    std::vector<std::uint32_t> times;
    // raw: counts back from the height
    for (std::uint32_t back = 0; back < kSpan && back <= height.value; ++back)
        times.push_back(TRY(block(Height(height.value - back))).header.time);  // raw: the same
    std::sort(times.begin(), times.end());
    return Time{times[times.size() / 2]};
}

Expected<Height> LedgerView::height_at(Time moment) const {
    std::uint32_t low = 0;
    std::uint32_t high = as_of_.height.value;  // raw: bounds of a binary search
    while (low < high) {
        const std::uint32_t middle = low + (high - low + 1) / 2;
        if (TRY(median_time_past(Height(middle))) <= moment)
            low = middle;
        else
            high = middle - 1;
    }
    // A block's time is above the median before it, so none beyond the next one can qualify.
    // raw: counts down from there
    for (std::uint32_t height = std::min(low + 1, as_of_.height.value) + 1; height-- > 0;)
        if (Time{TRY(block(Height(height))).header.time} <= moment) return Height(height);
    return fail(ErrorCode::not_found, text(moment) + " is before the first block of " +
                                          std::string(params(ledger()).name));
}

Expected<std::optional<Height>> LedgerView::find_block(const BlockHash& hash) const {
    Cursor& rows = cursor(Family::block_hash, Scan::within_prefix);
    const Bytes start = hash_key(hash, Height(0));
    const ByteView prefix = ByteView(start).first(kHashPrefix);
    for (rows.seek(start); rows.valid(); rows.next()) {
        if (!equal(rows.key().first(kHashPrefix), prefix)) break;
        Height height;
        Reader key(rows.key().last(4));
        key.big<4>(height);
        if (height > as_of_.height) break;
        if (TRY(block(height)).hash == hash) return std::optional(height);
    }
    TRY(rows.status());
    return std::optional<Height>();
}

Expected<std::optional<TxId>> LedgerView::find_tx(const Txid& txid) const {
    Cursor& rows = cursor(Family::txid_hash, Scan::within_prefix);
    const Bytes start = hash_key(txid, TxId(0));
    const ByteView prefix = ByteView(start).first(kHashPrefix);
    std::optional<TxId> newest;
    for (rows.seek(start); rows.valid(); rows.next()) {
        if (!equal(rows.key().first(kHashPrefix), prefix)) break;
        const TxId id(*trailing_id(rows.key()));
        if (id >= end_tx_) break;
        if (TRY(this->txid(id)) == txid) newest = id;
    }
    TRY(rows.status());
    return newest;
}

template <class Chunk, class Decode, class Count>
Expected<const typename ChunkCache<Chunk>::Kept*> LedgerView::chunk_of(Family family,
                                                                       std::uint64_t id,
                                                                       ChunkCache<Chunk>& cache,
                                                                       const Decode& decode,
                                                                       const Count& count) const {
    if (const auto* const kept = cache.find(id)) return kept;
    Cursor& chunks = cursor(family, Scan::whole);
    chunks.seek(id_key(TxId(id)));  // ids are written alike
    TRY(chunks.status());
    if (!chunks.valid()) return static_cast<const typename ChunkCache<Chunk>::Kept*>(nullptr);
    Chunk chunk = TRY(decode(chunks.value()));
    const std::uint64_t last = *trailing_id(chunks.key());
    const std::size_t rows = count(chunk);
    // A chunk that ends before the id, or begins after it, does not hold it.
    if (rows == 0 || last - id >= rows)
        return static_cast<const typename ChunkCache<Chunk>::Kept*>(nullptr);
    return &cache.keep(last, rows, std::move(chunk));
}

Expected<const ChunkCache<TxChunk>::Kept*> LedgerView::tx_chunk(TxId id) const {
    // raw: a row's key
    return chunk_of(Family::tx, id.value, tx_chunks_, TxChunk::decoded,
                    [](const TxChunk& chunk) { return chunk.entries.size(); });
}

Expected<const ChunkCache<OutChunk>::Kept*> LedgerView::out_chunk(OutId id) const {
    // raw: a row's key
    return chunk_of(Family::out, id.value, out_chunks_, OutChunk::decoded,
                    [](const OutChunk& chunk) { return chunk.entries.size(); });
}

Expected<TxPlace> LedgerView::place(TxId id) const {
    const auto absent = [&] { return missing("transaction " + text(id)); };
    if (id >= end_tx_) return absent();
    const auto* const kept = TRY(tx_chunk(id));
    if (kept == nullptr) return absent();
    const TxChunk& chunk = kept->chunk;
    const std::size_t index = id.value - kept->first;  // raw: ids count places in their chunk
    TxPlace place{.id = id,
                  .height = chunk.height,
                  .index = chunk.first_index + index,
                  .first_in = chunk.first_in,
                  .first_out = chunk.first_out,
                  .entry = chunk.entries[index]};
    for (std::size_t i = 0; i < index; ++i) {
        place.first_in = place.first_in.next(chunk.entries[i].in_count);
        place.first_out = place.first_out.next(chunk.entries[i].out_count);
    }
    return place;
}

// One row is asked for many times in a row: answers are in the order of the chain, and inputs of
// one owner are often outputs of one transaction. So a look at where the cursor stands comes first.
template <class Count>
Expected<std::optional<std::uint64_t>> LedgerView::stand_on(Cursor& chunks,
                                                            std::uint64_t id,
                                                            const Count& count) {
    const auto back = [&]() -> std::optional<std::uint64_t> {
        if (!chunks.valid()) return std::nullopt;
        const std::uint64_t places = *trailing_id(chunks.key()) - id;  // wraps: the row ends before
        if (places >= count(chunks.value())) return std::nullopt;
        return places;
    };
    if (const auto here = back()) return here;
    chunks.seek(id_key(TxId(id)));  // ids are written alike
    TRY(chunks.status());
    return back();
}

Expected<Txid> LedgerView::txid(TxId id) const {
    const auto absent = [&] { return missing("txid of transaction " + text(id)); };
    if (id >= end_tx_) return absent();
    Cursor& chunks = cursor(Family::txids, Scan::whole);
    // raw: a row's key
    const auto back =
        TRY(stand_on(chunks, id.value, [](ByteView value) { return value.size() / Txid::kSize; }));
    if (!back) return absent();
    Txid txid;
    Reader(chunks.value().last((*back + 1) * Txid::kSize)).hash(txid);
    return txid;
}

Expected<TxRecord> LedgerView::tx(TxId id) const {
    return TxRecord{TRY(place(id)), TRY(txid(id))};
}

Expected<TxPlace> LedgerView::place_of(OutId out) const {
    if (out >= end_out_) return missing("output " + text(out));
    const auto* const outs = TRY(out_chunk(out));
    if (outs == nullptr) return missing("output " + text(out));
    const TxId last_tx = outs->chunk.last_tx;
    const auto* const kept = TRY(tx_chunk(last_tx));
    if (kept == nullptr) return missing("transaction of output " + text(out));
    const TxChunk& chunk = kept->chunk;
    OutId end = chunk.first_out;
    for (std::size_t i = 0; i < chunk.entries.size(); ++i) {
        end = end.next(chunk.entries[i].out_count);
        // raw: ids count places in their chunk
        if (out < end) return place(TxId(last_tx.value - (chunk.entries.size() - 1 - i)));
    }
    return missing("transaction of output " + text(out));
}

Expected<TxRecord> LedgerView::tx_of(OutId out) const {
    const TxPlace place = TRY(place_of(out));
    return TxRecord{place, TRY(txid(place.id))};
}

Expected<std::vector<OutId>> LedgerView::inputs(const TxPlace& tx) const {
    std::vector<OutId> spends;
    if (tx.entry.in_count == 0) return spends;
    const auto absent = [&] { return missing("inputs of transaction " + text(tx.id)); };
    // raw: a row's key
    const auto* const kept =
        TRY(chunk_of(Family::in, tx.first_in.value, in_chunks_, InChunk::decoded,
                     [](const InChunk& chunk) { return chunk.spends.size(); }));
    if (kept == nullptr) return absent();
    const std::vector<OutId>& all = kept->chunk.spends;
    const std::uint64_t skip = tx.first_in.value - kept->first;  // raw: places in the chunk
    if (skip + tx.entry.in_count > all.size()) return absent();
    spends.reserve(tx.entry.in_count);
    for (std::uint64_t i = 0; i < tx.entry.in_count; ++i) spends.push_back(all[skip + i]);
    return spends;
}

Expected<std::vector<OutputRecord>> LedgerView::outputs(const TxPlace& tx) const {
    std::vector<OutputRecord> outputs;
    if (tx.entry.out_count == 0) return outputs;
    const auto absent = [&] { return missing("outputs of transaction " + text(tx.id)); };
    const auto* const kept = TRY(out_chunk(tx.first_out));
    if (kept == nullptr) return absent();
    const std::vector<OutEntry>& all = kept->chunk.entries;
    const std::uint64_t skip = tx.first_out.value - kept->first;  // raw: places in the chunk
    if (skip + tx.entry.out_count > all.size()) return absent();
    outputs.reserve(tx.entry.out_count);
    for (std::uint64_t i = 0; i < tx.entry.out_count; ++i)
        outputs.push_back({tx.first_out.next(i), all[skip + i].amount, all[skip + i].address});
    return outputs;
}

// Whoever asks for one output, of an input mostly, seldom asks for its neighbours: it is picked out
// of a chunk that is not here already, and the chunk is not kept.
Expected<OutputRecord> LedgerView::output(OutId id) const {
    const auto absent = [&] { return missing("output " + text(id)); };
    if (id >= end_out_) return absent();
    // raw: a row's key, and places in the chunk
    if (const auto* const kept = out_chunks_.find(id.value)) {
        const OutEntry& entry = kept->chunk.entries[id.value - kept->first];
        return OutputRecord{id, entry.amount, entry.address};
    }
    Cursor& chunks = cursor(Family::out, Scan::whole);
    const auto back = TRY(stand_on(chunks, id.value, out_count));  // raw: a row's key
    if (!back) return absent();
    const OutEntry entry = TRY(pick_out(chunks.value(), *back));
    return OutputRecord{id, entry.amount, entry.address};
}

Expected<std::optional<Spend>> LedgerView::spender(OutId out) const {
    const std::uint64_t bucket = out.value >> kBucketBits;  // raw: the bucket is the head of the id
    const auto* kept = spends_.find(bucket);
    if (kept == nullptr) kept = &spends_.keep(bucket, 1, TRY(spends_of(bucket)));
    const std::vector<Spend>& spends = kept->chunk;
    const auto found = std::lower_bound(spends.begin(), spends.end(), Spend{out, TxId(), {}});
    if (found == spends.end() || found->out != out) return std::optional<Spend>();
    return std::optional(*found);
}

/// Of all outputs of the bucket: those of one transaction are asked for one after the other.
Expected<std::vector<Spend>> LedgerView::spends_of(std::uint64_t bucket) const {
    std::vector<Spend> spends;
    Cursor& rows = cursor(Family::spent, Scan::within_prefix);
    const Bytes prefix = spent_prefix(OutId(bucket << kBucketBits));
    for (rows.seek(prefix); rows.valid(); rows.next()) {
        if (!equal(rows.key().first(prefix.size()), prefix)) break;
        if (TxId(*trailing_id(rows.key())) >= end_tx_) break;
        TRY(SpentRow::append_decoded(rows.key(), rows.value(), spends));
    }
    TRY(rows.status());
    std::sort(spends.begin(), spends.end());
    return spends;
}

Expected<std::vector<Txid>> LedgerView::txids(const BlockRow& block) const {
    std::vector<Txid> all;
    Cursor& chunks = cursor(Family::txids, Scan::whole);
    for (chunks.seek(id_key(block.first_tx)); chunks.valid() && all.size() < block.tx_count;
         chunks.next()) {
        Reader reader(chunks.value());
        while (reader.left() >= Txid::kSize) reader.hash(all.emplace_back());
    }
    TRY(chunks.status());
    if (all.size() != block.tx_count) return missing("txids of block " + text(block.hash));
    return all;
}

Expected<std::optional<AddrId>> LedgerView::find_address(const Address& wanted) const {
    return find_script(sha256(script_of(wanted)));
}

Expected<std::optional<AddrId>> LedgerView::find_script(const Sha256Hash& script_hash) const {
    Cursor& rows = cursor(Family::addr_hash, Scan::within_prefix);
    const Bytes start = hash_key(script_hash, AddrId(0));
    const ByteView prefix = ByteView(start).first(kHashPrefix);
    for (rows.seek(start); rows.valid(); rows.next()) {
        if (!equal(rows.key().first(kHashPrefix), prefix)) break;
        const AddrId id(*trailing_id(rows.key()));
        if (id >= end_addr_) break;
        if (sha256(script_of(TRY(address(id)))) == script_hash) return std::optional(id);
    }
    TRY(rows.status());
    return std::optional<AddrId>();
}

Expected<Address> LedgerView::address(AddrId id) const {
    if (id >= end_addr_) return missing("address " + text(id));
    // raw: a row's key
    const auto* const kept = TRY(chunk_of(Family::addr, id.value, addr_chunks_, AddrChunk::decoded,
                                          [](const AddrChunk& chunk) { return chunk.size(); }));
    if (kept == nullptr) return missing("address " + text(id));
    return kept->chunk.at(ledger(), id.value - kept->first);  // raw: place in the chunk
}

Expected<Totals> LedgerView::totals(AddrId id) const {
    Cursor& rows = cursor(Family::history, Scan::within_prefix);
    // The last row that starts before the view ends: rows never cross a block.
    rows.seek_back(history_key(id, TxId(end_tx_.value - 1)));  // raw: the id before
    TRY(rows.status());
    if (!rows.valid() || !equal(rows.key().first(5), id_key(id))) return Totals();
    return TRY(HistoryRow::decoded(rows.key(), rows.value())).after;
}

Expected<HistoryPage> LedgerView::history(AddrId id, TxId from, std::size_t limit) const {
    HistoryPage page;
    Cursor& rows = cursor(Family::history, Scan::within_prefix);
    const Bytes prefix = id_key(id);
    rows.seek_back(history_key(id, from));
    if (!rows.valid() || !equal(rows.key().first(5), prefix)) rows.seek(history_key(id, from));
    for (; rows.valid(); rows.next()) {
        if (!equal(rows.key().first(5), prefix)) break;
        const HistoryRow row = TRY(HistoryRow::decoded(rows.key(), rows.value()));
        for (const Posting& posting : row.postings) {
            if (posting.tx < from || posting.tx >= end_tx_) continue;
            if (!take(posting, limit, page)) return page;
        }
    }
    TRY(rows.status());
    return page;
}

Expected<HistoryPage> LedgerView::history_back(AddrId id, TxId end, std::size_t limit) const {
    HistoryPage page;
    end = std::min(end, end_tx_);
    if (end == TxId(0)) return page;
    Cursor& rows = cursor(Family::history, Scan::within_prefix);
    const Bytes prefix = id_key(id);
    rows.seek_back(history_key(id, TxId(end.value - 1)));  // raw: the id before
    for (; rows.valid() && equal(rows.key().first(5), prefix); rows.previous()) {
        const HistoryRow row = TRY(HistoryRow::decoded(rows.key(), rows.value()));
        for (auto posting = row.postings.rbegin(); posting != row.postings.rend(); ++posting)
            if (posting->tx < end && !take(*posting, limit, page)) return page;
    }
    TRY(rows.status());
    return page;
}

Expected<std::optional<SourcePosition>> LedgerView::source_position(Height height) const {
    const auto value = TRY(reader_.get(Family::source_pos, height_key(height)));
    if (!value) return std::optional<SourcePosition>();
    return std::optional(TRY(decoded_source_position(*value)));
}

}  // namespace wagetrail::index
