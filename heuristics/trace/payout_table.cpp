#include "heuristics/trace/payout_row.h"
#include "heuristics/trace/subjects.h"
#include "heuristics/trace/wallet.h"

#include <algorithm>
#include <map>

namespace wagetrail {
namespace {

constexpr std::int64_t kDay = 24 * 3600;
constexpr std::size_t kPage = 4096;

/// What a row turned out to be: outputs that fit it, or why there is none.
struct Match {
    std::vector<OutId> outputs;
    std::string missing;
};

class TableSearch {
  public:
    TableSearch(const index::LedgerView& view, Clusters& clusters, const SubjectScope& scope)
        : view_(view), clusters_(clusters), scope_(scope) {}

    Expected<void> take(const PayoutRow& row) {
        const Match match = TRY(find(row));
        if (match.outputs.empty()) {
            payouts_.missing.push_back({row.line, row.payee, match.missing});
            return {};
        }
        if (match.outputs.size() > 1) return fail(ErrorCode::invalid, ambiguity(row, match));
        const auto [taken, is_new] = line_of_.try_emplace(match.outputs.front(), row.line);
        if (!is_new)
            return fail(ErrorCode::invalid, "the output was named by line " +
                                                std::to_string(taken->second) + " already");
        if (payouts_.found.size() >= scope_.payouts_max)
            return fail(ErrorCode::limit, "more than " + std::to_string(scope_.payouts_max) +
                                              " payouts; split the table");
        payouts_.found.push_back({match.outputs.front(), row.payee, row.line});
        return {};
    }

    Payouts payouts() && {
        std::sort(payouts_.found.begin(), payouts_.found.end(),
                  [](const Payout& a, const Payout& b) { return a.out < b.out; });
        return std::move(payouts_);
    }

  private:
    [[nodiscard]] std::string ambiguity(const PayoutRow& row, const Match& match) const {
        std::string out = "the row fits " + std::to_string(match.outputs.size()) + " outputs";
        if (!row.other_currency.empty())
            out += ", and its amount cannot tell them apart: it is in " + row.other_currency +
                   ", not in " + std::string(params(view_.ledger()).symbol);
        return out + "; add tx_hash and vout to say which";
    }

    Expected<Match> find(const PayoutRow& row) {
        if (!row.chain.empty() && !names_ledger(view_.ledger(), row.chain))
            return Match{.missing = "it is of another ledger (" + row.chain + ")"};
        return row.txid ? find_in_transaction(row) : find_by_date(row);
    }

    [[nodiscard]] Expected<bool> fits(const PayoutRow& row, const index::OutputRecord& out) const {
        if (row.amount && *row.amount != out.amount) return false;
        if (!row.address) return true;
        return TRY(view_.address(out.address)) == *row.address;
    }

    Expected<Match> find_in_transaction(const PayoutRow& row) {
        const auto id = TRY(view_.find_tx(*row.txid));
        if (!id) return Match{.missing = "transaction " + text(*row.txid) + " is not there"};
        const index::TxRecord tx = TRY(view_.tx(*id));
        const auto outputs = TRY(view_.outputs(tx));
        if (row.vout && *row.vout >= outputs.size())
            return fail(ErrorCode::invalid, "transaction " + text(*row.txid) + " has no output " +
                                                std::to_string(*row.vout));
        Match match;
        for (std::size_t i = 0; i < outputs.size(); ++i)
            if ((!row.vout || *row.vout == i) && TRY(fits(row, outputs[i])))
                match.outputs.push_back(outputs[i].id);
        if (match.outputs.empty()) return contradiction(row, outputs);
        if (match.outputs.size() > 1 && !row.vout && !row.address && !row.amount)
            match.outputs = TRY(without_change(tx));
        return match;
    }

    /// Why no output of the row's transaction fits it.
    [[nodiscard]] Expected<Match> contradiction(
        const PayoutRow& row, const std::vector<index::OutputRecord>& outputs) const {
        if (row.vout && row.amount) {
            const index::OutputRecord& out = outputs[*row.vout];
            PayoutRow rest = row;
            rest.amount.reset();
            if (TRY(fits(rest, out)))
                return fail(ErrorCode::invalid,
                            "output " + std::to_string(*row.vout) + " pays " +
                                decimal_text(out.amount, params(view_.ledger()).decimals) +
                                ", the row says " + row.amount_text);
        }
        return fail(ErrorCode::invalid, "transaction " + text(*row.txid) +
                                            " has no output with this address, amount and vout");
    }

    /// A txid alone: what the payer did not pay back to itself.
    Expected<std::vector<OutId>> without_change(const index::TxRecord& tx) {
        Wallet payer(view_, clusters_, scope_.level);
        for (const OutId spent : TRY(view_.inputs(tx)))
            TRY(payer.add(TRY(view_.output(spent)).address));
        return payer.paid_by(tx);
    }

    Expected<Match> find_by_date(const PayoutRow& row) {
        const auto id = TRY(view_.find_address(*row.address));
        if (!id) return Match{.outputs = {}, .missing = text(*row.address) + " was never seen"};
        const auto& receipts = *TRY(receipts_around(*id, day_start(*row.pay_date)));
        Match match{.outputs = {},
                    .missing = "no such payment to " + text(*row.address) + " around " +
                               date_text(*row.pay_date)};
        auto [at, end] = row.amount ? receipts.equal_range(*row.amount)
                                    : std::pair{receipts.begin(), receipts.end()};
        for (; at != end; ++at) match.outputs.push_back(at->second);
        return match;
    }

    /// What an address received around a day, by amount: read once, however many rows name it.
    using Receipts = std::multimap<Amount, OutId>;
    Expected<const Receipts*> receipts_around(AddrId id, Time day) {
        const auto [place, is_new] = receipts_.try_emplace({id, day});
        if (is_new) TRY(read_receipts(id, day, place->second));
        return &place->second;
    }

    Expected<void> read_receipts(AddrId id, Time day, Receipts& receipts) const {
        const Time first{day.seconds - scope_.pay_date_slack_days * kDay};
        const Time end{day.seconds + (scope_.pay_date_slack_days + 1) * kDay};
        // Block times may run back by hours: begin a day early, and look at each block's own time.
        const auto height = view_.height_at(Time{first.seconds - kDay});
        std::optional<TxId> from = height ? TRY(view_.block(*height)).first_tx : TxId(0);
        while (from) {
            const index::HistoryPage page = TRY(view_.history(id, *from, kPage));
            for (const index::Posting& posting : page.postings) {
                const index::TxRecord tx = TRY(view_.tx(posting.tx));
                const Time time{TRY(view_.block(tx.height)).header.time};
                if (time.seconds >= end.seconds + kDay) return {};
                if (!posting.pays || time < first || time >= end) continue;
                for (const index::OutputRecord& out : TRY(view_.outputs(tx)))
                    if (out.address == id) receipts.emplace(out.amount, out.id);
            }
            from = page.next;
        }
        return {};
    }

    const index::LedgerView& view_;
    Clusters& clusters_;
    const SubjectScope& scope_;
    Payouts payouts_;
    std::map<OutId, std::uint64_t> line_of_;
    std::map<std::pair<AddrId, Time>, Receipts> receipts_;
};

}  // namespace

Expected<Payouts> payouts_of_table(const index::LedgerView& view,
                                   Clusters& clusters,
                                   std::string_view csv,
                                   const SubjectScope& scope) {
    TableSearch search(view, clusters, scope);
    for (const PayoutRow& row : TRY(parse_payout_rows(view.ledger(), csv))) {
        auto taken = search.take(row);
        if (!taken)
            return with_context(std::move(taken).error(), "line " + std::to_string(row.line));
    }
    return std::move(search).payouts();
}

}  // namespace wagetrail
