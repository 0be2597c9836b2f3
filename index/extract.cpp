#include "index/extract.h"

#include <algorithm>
#include <map>

namespace wagetrail::index {
namespace {

BlockRow block_row(const ResolvedBlock& resolved) {
    return {.header = resolved.block.header,
            .hash = resolved.block.hash,
            .first_tx = resolved.first.tx,
            .first_in = resolved.first.in,
            .first_out = resolved.first.out,
            .first_addr = resolved.first.addr,
            .tx_count = resolved.block.transactions.size(),
            .in_count = resolved.spent.size(),
            .out_count = resolved.paid.size(),
            .addr_count = resolved.new_addresses.size(),
            .size = resolved.block.raw.size(),
            .extension_size = resolved.block.extension_size};
}

TxFlags flags_of(const Transaction& tx) {
    constexpr std::uint32_t kLockTimeThreshold = 500'000'000;  // below: a height (BIP65)
    constexpr std::uint32_t kMaxRbfSequence = 0xFFFFFFFD;      // BIP125
    TxFlags flags;
    if (tx.version >= 1 && tx.version <= 3)
        flags.version = static_cast<TxFlags::VersionClass>(tx.version);
    if (tx.lock_time != 0)
        flags.lock_time = tx.lock_time < kLockTimeThreshold ? TxFlags::LockTimeClass::height
                                                            : TxFlags::LockTimeClass::time;
    flags.is_coinbase = tx.is_coinbase();
    flags.signals_rbf = !flags.is_coinbase &&
                        std::any_of(tx.inputs.begin(), tx.inputs.end(),
                                    [](const TxIn& in) { return in.sequence <= kMaxRbfSequence; });
    flags.has_witness = tx.has_witness;
    flags.is_hogex = tx.is_hogex;
    return flags;
}

/// What happens to one address in this block.
struct Activity {
    std::vector<Posting> postings;
    std::vector<Amount> received;  // beside each posting
    std::vector<Amount> sent;

    void note(TxId tx, Amount in, Amount out, bool pays, bool spends) {
        if (postings.empty() || postings.back().tx != tx) {
            postings.push_back({tx, false, false});
            received.emplace_back();
            sent.emplace_back();
        }
        postings.back().pays |= pays;
        postings.back().spends |= spends;
        received.back() += in;
        sent.back() += out;
    }
};

class Extraction {
  public:
    explicit Extraction(const ResolvedBlock& resolved) : resolved_(resolved) {}

    Expected<BlockRows> run() {
        put_block();
        const auto& txs = resolved_.block.transactions;
        for (std::size_t first = 0; first < txs.size(); first += kChunkTransactions)
            TRY(put_chunk(first, std::min(first + kChunkTransactions, txs.size())));
        put_addresses();
        put_spent();
        TRY(put_history());
        return std::move(rows_);
    }

  private:
    void put_block() {
        const BlockRow row = block_row(resolved_);
        rows_.batch.put(Family::blocks, height_key(resolved_.height), encoded(row));
        rows_.batch.put(Family::block_hash, hash_key(row.hash, resolved_.height), {});
        rows_.batch.put(Family::meta, tip_key(resolved_.height), to_bytes(row.hash.view()));
        if (resolved_.position)
            rows_.batch.put(Family::source_pos, height_key(resolved_.height),
                            encoded(*resolved_.position));
    }

    Expected<void> put_chunk(std::size_t first, std::size_t end) {
        const TxId last_tx = resolved_.first.tx.next(end - 1);
        TxChunk tx_chunk{.height = resolved_.height,
                         .first_index = first,
                         .first_in = resolved_.first.in.next(next_in_),
                         .first_out = resolved_.first.out.next(next_out_),
                         .entries = {}};
        OutChunk out_chunk{.last_tx = last_tx, .next_addr = next_addr(), .entries = {}};
        InChunk in_chunk{.last_tx = last_tx, .base = tx_chunk.first_out, .spends = {}};
        Writer txids;
        for (std::size_t i = first; i < end; ++i) {
            const Transaction& tx = resolved_.block.transactions[i];
            const TxId id = resolved_.first.tx.next(i);
            const std::size_t tx_in = next_in_;
            const Amount in = spend_inputs(tx, id, in_chunk);
            const Amount out = pay_outputs(tx, id, out_chunk);
            const auto fee = tx.is_coinbase() ? Amount() : in.minus(out);
            if (!fee)
                return fail(ErrorCode::corrupt,
                            "transaction " + text(tx.txid) + " pays more than it spends");
            tx_chunk.entries.push_back({.in_count = next_in_ - tx_in,
                                        .out_count = tx.outputs.size(),
                                        .size = tx.size,
                                        .fee = *fee,
                                        .flags = flags_of(tx)});
            txids.hash(tx.txid);
            rows_.batch.put(Family::txid_hash, hash_key(tx.txid, id), {});
        }
        rows_.batch.put(Family::tx, id_key(last_tx), tx_chunk.encoded());
        rows_.batch.put(Family::txids, id_key(last_tx), std::move(txids).bytes());
        if (!out_chunk.entries.empty())
            rows_.batch.put(Family::out, id_key(resolved_.first.out.next(next_out_ - 1)),
                            out_chunk.encoded());
        if (!in_chunk.spends.empty())
            rows_.batch.put(Family::in, id_key(resolved_.first.in.next(next_in_ - 1)),
                            in_chunk.encoded());
        return {};
    }

    Amount spend_inputs(const Transaction& tx, TxId id, InChunk& chunk) {
        Amount sum;
        if (tx.is_coinbase()) return sum;
        for (std::uint32_t vin = 0; vin < tx.inputs.size(); ++vin) {
            const SpentOutput& spent = resolved_.spent[next_in_++];
            sum += spent.amount;
            chunk.spends.push_back(spent.out);
            spends_.push_back({spent.out, id, InIndex(vin)});
            activities_[spent.address_id].note(id, Amount(), spent.amount, false, true);
        }
        return sum;
    }

    Amount pay_outputs(const Transaction& tx, TxId id, OutChunk& chunk) {
        Amount sum;
        for (const TxOut& out : tx.outputs) {
            const AddrId address = resolved_.paid[next_out_++];
            sum += out.amount;
            chunk.entries.push_back({out.amount, address});
            if (address == next_addr()) ++new_addresses_seen_;
            activities_[address].note(id, out.amount, Amount(), true, false);
        }
        return sum;
    }

    [[nodiscard]] AddrId next_addr() const {
        return resolved_.first.addr.next(new_addresses_seen_);
    }

    // Chunks of at most 64 addresses; like all chunks they end with the block.
    void put_addresses() {
        const auto& fresh = resolved_.new_addresses;
        for (std::size_t first = 0; first < fresh.size(); first += kChunkTransactions) {
            const std::size_t end = std::min(first + kChunkTransactions, fresh.size());
            AddrChunk chunk;
            for (std::size_t i = first; i < end; ++i) {
                chunk.add(fresh[i].address);
                rows_.batch.put(Family::addr_hash,
                                hash_key(fresh[i].script_hash, resolved_.first.addr.next(i)), {});
            }
            rows_.batch.put(Family::addr, id_key(resolved_.first.addr.next(end - 1)),
                            chunk.encoded());
        }
    }

    void put_spent() {
        std::map<std::uint64_t, SpentRow> buckets;
        for (const Spend& spend : spends_)  // in chain order, so the first spender comes first
            // raw: the bucket is the head of the id
            buckets[spend.out.value >> kBucketBits].spends.push_back(spend);
        for (auto& [bucket, row] : buckets) {
            rows_.batch.put(Family::spent, row.key(), row.encoded());
        }
    }

    Expected<void> put_history() {
        for (const auto& [address, activity] : activities_) {
            const auto known = resolved_.totals_before.find(address);
            HistoryRow row{
                .address = address,
                .after = known == resolved_.totals_before.end() ? Totals() : known->second,
                .postings = {}};
            for (std::size_t i = 0; i < activity.postings.size(); ++i) {
                const auto received = row.after.received.plus(activity.received[i]);
                const auto sent = row.after.sent.plus(activity.sent[i]);
                if (!received || !sent || *sent > *received)
                    return fail(ErrorCode::corrupt,
                                "the totals of an address go out of range in block " +
                                    text(resolved_.block.hash));
                row.after.received = *received;
                row.after.sent = *sent;
                ++row.after.tx_count;
                row.postings.push_back(activity.postings[i]);
                if (row.postings.size() * 2 >= kHistoryRowBytes) flush(row);
            }
            if (!row.postings.empty()) flush(row);
            rows_.totals_after.emplace_back(address, row.after);
        }
        return {};
    }

    void flush(HistoryRow& row) {
        rows_.batch.put(Family::history, row.key(), row.encoded());
        row.postings.clear();
    }

    const ResolvedBlock& resolved_;
    BlockRows rows_;
    std::size_t next_in_ = 0;
    std::size_t next_out_ = 0;
    std::uint64_t new_addresses_seen_ = 0;
    std::vector<Spend> spends_;
    std::map<AddrId, Activity> activities_;
};

}  // namespace

Expected<BlockRows> extract(const ResolvedBlock& resolved) {
    return Extraction(resolved).run();
}

NextIds next_ids(const ResolvedBlock& resolved) {
    return {.tx = resolved.first.tx.next(resolved.block.transactions.size()),
            .in = resolved.first.in.next(resolved.spent.size()),
            .out = resolved.first.out.next(resolved.paid.size()),
            .addr = resolved.first.addr.next(resolved.new_addresses.size())};
}

}  // namespace wagetrail::index
