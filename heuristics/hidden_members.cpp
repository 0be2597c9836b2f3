#include "heuristics/hidden_members.h"

#include <algorithm>

namespace wagetrail {
namespace {

constexpr std::size_t kPostingsMax = 10'000;

Expected<std::optional<index::TxRecord>> first_spend(const index::LedgerView& view, AddrId id) {
    if (TRY(view.totals(id)).sent.is_zero()) return std::optional<index::TxRecord>();
    const index::HistoryPage page = TRY(view.history(id, TxId(0), kPostingsMax));
    const auto spend = std::find_if(page.postings.begin(), page.postings.end(),
                                    [](const index::Posting& posting) { return posting.spends; });
    if (spend == page.postings.end()) return std::optional<index::TxRecord>();
    return std::optional(TRY(view.tx(spend->tx)));
}

std::optional<MultisigMembers> members_of(const TxIn& in, const Address& spent) {
    const auto hidden = hidden_script(in, spent);
    if (!hidden) return std::nullopt;
    return hidden->is_tapscript ? tapscript_members(hidden->script)
                                : multisig_members(hidden->script);
}

}  // namespace

bool may_hide_multisig(const Address& address) {
    return address.kind == AddressKind::p2sh || address.kind == AddressKind::p2wsh ||
           address.kind == AddressKind::p2tr;
}

Expected<std::optional<ShownMembers>> shown_members(const index::LedgerView& view,
                                                    AddrId id,
                                                    const Address& address,
                                                    index::RawBlocks* raw) {
    std::optional<ShownMembers> none;
    if (address.kind == AddressKind::multisig) {
        auto members = multisig_members(address.payload);
        if (!members) return none;
        return std::optional(ShownMembers{*std::move(members), std::nullopt});
    }
    if (raw == nullptr || !may_hide_multisig(address)) return none;
    const auto spend = TRY(first_spend(view, id));
    if (!spend) return none;
    const std::vector<OutId> spent = TRY(view.inputs(*spend));
    const Transaction* const tx = TRY(raw->transaction(view, *spend));
    for (std::size_t vin = 0; vin < spent.size() && vin < tx->inputs.size(); ++vin) {
        if (TRY(view.output(spent[vin])).address != id) continue;
        auto members = members_of(tx->inputs[vin], address);
        if (!members) return none;
        return std::optional(ShownMembers{*std::move(members), spend->txid});
    }
    return none;
}

}  // namespace wagetrail
