#include "heuristics/trace/wallet.h"

namespace wagetrail {
namespace {

constexpr std::size_t kPage = 4096;

Expected<void> note(const index::LedgerView& view,
                    AddrId member,
                    Wallet::Side side,
                    std::set<TxId>& all) {
    std::optional<TxId> from = TxId(0);
    while (from) {
        const index::HistoryPage page = TRY(view.history(member, *from, kPage));
        for (const index::Posting& posting : page.postings)
            if (side == Wallet::Side::funds ? posting.spends : posting.pays) all.insert(posting.tx);
        from = page.next;
    }
    return {};
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
    std::set<TxId> all;
    std::uint64_t members = 0;
    for (const AddrId root : roots_) {
        const Entity entity = TRY(clusters_.entity(level_, root));
        members += entity.size;
        if (members > addresses_max)
            return fail(ErrorCode::limit,
                        "the wallet has more than " + std::to_string(addresses_max) +
                            " addresses; it is a service rather than a payer: trace its payouts by "
                            "txid or from a CSV");
        std::optional<AddrId> from = AddrId(0);
        while (from) {
            const MemberPage page = TRY(clusters_.members(entity, *from, kPage));
            for (const AddrId member : page.members) TRY(note(view_, member, side, all));
            from = page.next;
        }
    }
    return std::vector<TxId>(all.begin(), all.end());
}

}  // namespace wagetrail
