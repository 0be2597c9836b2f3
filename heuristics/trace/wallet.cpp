#include "heuristics/trace/wallet.h"

namespace wagetrail {
namespace {

constexpr std::size_t kPage = 4096;

bool is_on(Wallet::Side side, const index::Posting& posting) {
    return side == Wallet::Side::funds ? posting.spends : posting.pays;
}

Expected<void> note(const index::LedgerView& view,
                    AddrId member,
                    Wallet::Side side,
                    std::set<TxId>& all,
                    TxId begin = TxId(0)) {
    std::optional<TxId> from = begin;
    while (from) {
        const index::HistoryPage page = TRY(view.history(member, *from, kPage));
        for (const index::Posting& posting : page.postings)
            if (is_on(side, posting)) all.insert(posting.tx);
        from = page.next;
    }
    return {};
}

Expected<bool> has_before(const index::LedgerView& view,
                          AddrId member,
                          Wallet::Side side,
                          TxId end) {
    constexpr std::size_t kFew = 16;  // the first one is mostly on the side
    for (;;) {
        const index::HistoryPage page = TRY(view.history_back(member, end, kFew));
        for (const index::Posting& posting : page.postings)
            if (is_on(side, posting)) return true;
        if (!page.next) return false;
        end = page.next->next();
    }
}

/// Goes back through the chain in steps that double, until enough is found. False: older ones were
/// left.
Expected<bool> note_newest(const index::LedgerView& view,
                           AddrId member,
                           Wallet::Side side,
                           std::size_t count,
                           std::set<TxId>& all) {
    if (TRY(view.totals(member)).tx_count <= count) {
        TRY(note(view, member, side, all));
        return true;
    }
    const std::uint64_t end = view.end_tx().value;  // raw: how many transactions there are
    for (std::uint64_t back = 4 * count;; back *= 4) {
        std::set<TxId> found;
        const TxId begin(back >= end ? 0 : end - back);
        TRY(note(view, member, side, found, begin));
        if (found.size() < count && back < end) continue;
        all.insert(found.begin(), found.end());
        return !TRY(has_before(view, member, side, begin));
    }
}

}  // namespace

Expected<void> Wallet::add(AddrId address) {
    roots_.insert(TRY(clusters_.root(level_, address)));
    return {};
}

Expected<bool> Wallet::owns(AddrId address) {
    return roots_.contains(TRY(clusters_.root(level_, address)));
}

Expected<std::vector<OutId>> Wallet::paid_by(const index::TxRecord& tx) {
    std::vector<OutId> paid;
    for (const index::OutputRecord& output : TRY(view_.outputs(tx))) {
        if (output.amount.is_zero() || TRY(owns(output.address))) continue;
        if (is_unspendable(TRY(view_.address(output.address)))) continue;
        paid.push_back(output.id);
    }
    return paid;
}

Expected<std::vector<OutId>> Wallet::received_by(const index::TxRecord& tx) {
    for (const OutId spent : TRY(view_.inputs(tx)))
        if (TRY(owns(TRY(view_.output(spent)).address))) return std::vector<OutId>();
    std::vector<OutId> received;
    for (const index::OutputRecord& output : TRY(view_.outputs(tx)))
        if (!output.amount.is_zero() && TRY(owns(output.address))) received.push_back(output.id);
    return received;
}

Expected<std::vector<TxId>> Wallet::transactions(Side side, std::uint64_t addresses_max) {
    const auto all_members = TRY(members(addresses_max));
    if (!all_members)
        return fail(ErrorCode::limit,
                    "the wallet has more than " + std::to_string(addresses_max) +
                        " addresses; it is a service rather than a payer: trace its payouts by "
                        "txid or from a CSV");
    std::set<TxId> all;
    for (const AddrId member : *all_members) TRY(note(view_, member, side, all));
    return std::vector<TxId>(all.begin(), all.end());
}

Expected<std::optional<std::vector<AddrId>>> Wallet::members(std::uint64_t addresses_max) {
    std::vector<AddrId> all;
    for (const AddrId root : roots_) {
        const Entity entity = TRY(clusters_.entity(level_, root));
        if (all.size() + entity.size > addresses_max) return std::optional<std::vector<AddrId>>();
        std::optional<AddrId> from = AddrId(0);
        while (from) {
            const MemberPage page = TRY(clusters_.members(entity, *from, kPage));
            all.insert(all.end(), page.members.begin(), page.members.end());
            from = page.next;
        }
    }
    return std::optional(std::move(all));
}

Expected<std::uint64_t> Wallet::size() {
    std::uint64_t all = 0;
    for (const AddrId root : roots_) all += TRY(clusters_.entity(level_, root)).size;
    return all;
}

Expected<Wallet::Newest> Wallet::newest(Side side,
                                        std::span<const AddrId> members,
                                        std::size_t count) const {
    std::set<TxId> all;
    Newest newest;
    for (const AddrId member : members)
        if (!TRY(note_newest(view_, member, side, count, all))) newest.are_all = false;
    newest.transactions.assign(all.rbegin(), all.rend());
    return newest;
}

}  // namespace wagetrail
