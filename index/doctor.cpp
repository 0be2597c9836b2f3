#include "index/doctor.h"

#include <map>

namespace wagetrail::index {
namespace {

constexpr std::size_t kFindingsMax = 100;
constexpr std::uint32_t kQuickBlocks = 1000;

class Examination {
  public:
    Examination(const LedgerView& view, Depth depth, std::stop_token stop)
        : view_(view), depth_(depth), stop_(std::move(stop)) {}

    Expected<Diagnosis> run(const std::function<void(Height)>& progress) {
        const std::uint32_t tip = view_.as_of().height.value;  // raw: loop over heights
        const bool partial = depth_ == Depth::quick && tip > kQuickBlocks;
        for (std::uint32_t h = partial ? tip - kQuickBlocks : 0; h <= tip; ++h) {
            if (stop_.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
            TRY(examine_block(Height(h)));
            progress(Height(h));
        }
        if (depth_ == Depth::deep) TRY(compare_counts());
        return std::move(diagnosis_);
    }

  private:
    void complain(Family family, const std::string& what) {
        if (diagnosis_.findings.size() < kFindingsMax)
            diagnosis_.findings.push_back({std::string(name(family)), what});
    }

    Expected<void> examine_block(Height height) {
        const auto row = view_.block(height);
        if (!row) {
            complain(Family::blocks, row.error().what);
            return {};
        }
        ++diagnosis_.blocks;
        const std::string where = "height " + text(height);
        if (hash_of(row->header) != row->hash)
            complain(Family::blocks, where + ": the header does not hash to the block hash");
        if (previous_) {
            if (row->header.previous != previous_->hash)
                complain(Family::blocks, where + ": does not link to the block below");
            if (row->first_tx != previous_->end_tx() || row->first_in != previous_->end_in() ||
                row->first_out != previous_->end_out() || row->first_addr != previous_->end_addr())
                complain(Family::blocks, where + ": ids do not continue those of the block below");
        }
        if (TRY(view_.find_block(row->hash)) != height)
            complain(Family::block_hash, where + ": the block hash does not lead to the height");
        const auto tip = TRY(view_.reader().get(Family::meta, tip_key(height)));
        if (!tip || !equal(*tip, row->hash.view()))
            complain(Family::meta, where + ": the tip row differs from the block");
        if (depth_ == Depth::deep) TRY(examine_rows(*row, where));
        previous_ = *row;
        return {};
    }

    Expected<void> examine_rows(const BlockRow& block, const std::string& where) {
        const auto txids = view_.txids(block);
        if (!txids) {
            complain(Family::txids, where + ": " + txids.error().what);
            return {};
        }
        if (merkle_root(*txids).root != block.header.merkle_root)
            complain(Family::txids, where + ": the txids do not give the header's Merkle root");
        std::map<AddrId, Totals> moved;
        std::map<AddrId, TxId> last_seen;
        const auto touch = [&](AddrId address, TxId tx) -> Totals& {
            Totals& totals = moved[address];
            const auto [seen, is_new] = last_seen.try_emplace(address, tx);
            if (is_new || seen->second != tx) ++totals.tx_count;
            seen->second = tx;
            return totals;
        };
        for (TxId id = block.first_tx; id < block.end_tx(); id = id.next()) {
            ++diagnosis_.transactions;
            const TxRecord tx = TRY(view_.tx(id));
            Amount in;
            Amount out;
            std::uint32_t vin = 0;
            for (const OutId spent : TRY(view_.inputs(tx))) {
                const OutputRecord output = TRY(view_.output(spent));
                in += output.amount;
                touch(output.address, id).sent += output.amount;
                if (TRY(view_.spender(spent)) != Spend{spent, id, InIndex(vin++)})
                    complain(Family::spent, where + ": an input of " + text(tx.txid) +
                                                " is missing or spent twice");
            }
            for (const OutputRecord& output : TRY(view_.outputs(tx))) {
                out += output.amount;
                TRY(count_unspent(output));
                touch(output.address, id).received += output.amount;
            }
            if (!tx.entry.flags.is_coinbase && in != out + tx.entry.fee)
                complain(Family::tx, where + ": the fee of " + text(tx.txid) + " is wrong");
            TRY(examine_txid(tx, where));
        }
        return examine_addresses(block, moved, where);
    }

    Expected<void> count_unspent(const OutputRecord& output) {
        if (TRY(view_.spender(output.id))) return {};
        ++diagnosis_.unspent;
        diagnosis_.unspent_amount += output.amount;
        if (!is_unspendable(TRY(view_.address(output.address)))) return {};
        ++diagnosis_.unspendable;
        diagnosis_.unspendable_amount += output.amount;
        return {};
    }

    Expected<void> examine_txid(const TxRecord& tx, const std::string& where) {
        const auto row = TRY(view_.reader().get(Family::txid_hash, hash_key(tx.txid, tx.id)));
        if (!row) complain(Family::txid_hash, where + ": " + text(tx.txid) + " cannot be found");
        return {};
    }

    Expected<void> examine_addresses(const BlockRow& block,
                                     const std::map<AddrId, Totals>& moved,
                                     const std::string& where) {
        for (AddrId id = block.first_addr; id < block.end_addr(); id = id.next())
            if (TRY(view_.find_address(TRY(view_.address(id)))) != id)
                complain(Family::addr_hash, where + ": a new address cannot be found");
        Cursor rows = view_.reader().cursor(Family::history, Scan::whole);
        for (const auto& [id, change] : moved) {
            expected_postings_ += change.tx_count;
            const Totals before = TRY(totals_before(rows, id, block.first_tx));
            const Totals after = TRY(totals_before(rows, id, block.end_tx()));
            if (after.tx_count != before.tx_count + change.tx_count ||
                after.received != before.received + change.received ||
                after.sent != before.sent + change.sent)
                complain(Family::history, where + ": the totals of " +
                                              text(TRY(view_.address(id))) + " do not add up");
        }
        return {};
    }

    static Expected<Totals> totals_before(Cursor& rows, AddrId id, TxId end) {
        if (end == TxId(0)) return Totals();
        rows.seek_back(history_key(id, TxId(end.value - 1)));  // raw: the last id before end
        TRY(rows.status());
        if (!rows.valid() || !equal(rows.key().first(5), id_key(id))) return Totals();
        return TRY(HistoryRow::decoded(rows.key(), rows.value())).after;
    }

    Expected<void> compare_counts() {
        const BlockRow tip = TRY(view_.block(view_.as_of().height));
        TRY(compare(Family::txid_hash, tip.end_tx().value));    // raw: a count
        TRY(compare(Family::addr_hash, tip.end_addr().value));  // raw: a count
        std::uint64_t postings = 0;
        Cursor history = view_.reader().cursor(Family::history, Scan::whole);
        for (history.seek_first(); history.valid(); history.next())
            postings += TRY(HistoryRow::decoded(history.key(), history.value())).postings.size();
        TRY(history.status());
        if (postings != expected_postings_)
            complain(Family::history, std::to_string(postings) + " postings instead of " +
                                          std::to_string(expected_postings_));
        std::uint64_t spends = 0;
        Cursor spent = view_.reader().cursor(Family::spent, Scan::whole);
        for (spent.seek_first(); spent.valid(); spent.next())
            spends += TRY(SpentRow::decoded(spent.key(), spent.value())).spends.size();
        TRY(spent.status());
        if (spends != tip.end_in().value)  // raw: a count
            complain(Family::spent,
                     std::to_string(spends) + " spends instead of " + text(tip.end_in()));
        return {};
    }

    Expected<void> compare(Family family, std::uint64_t expected) {
        std::uint64_t rows = 0;
        Cursor cursor = view_.reader().cursor(family, Scan::whole);
        for (cursor.seek_first(); cursor.valid(); cursor.next()) ++rows;
        TRY(cursor.status());
        if (rows != expected)
            complain(family, std::to_string(rows) + " rows instead of " + std::to_string(expected));
        return {};
    }

    const LedgerView& view_;
    Depth depth_;
    std::stop_token stop_;
    Diagnosis diagnosis_;
    std::optional<BlockRow> previous_;
    std::uint64_t expected_postings_ = 0;
};

}  // namespace

Expected<Diagnosis> examine(const LedgerView& view,
                            Depth depth,
                            std::stop_token stop,
                            const std::function<void(Height)>& progress) {
    return Examination(view, depth, std::move(stop)).run(progress);
}

}  // namespace wagetrail::index
