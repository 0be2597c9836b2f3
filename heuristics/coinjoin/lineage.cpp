#include "heuristics/coinjoin/lineage.h"

#include <algorithm>
#include <map>

namespace wagetrail {

namespace {

constexpr std::size_t kLegsMax = 1000;
constexpr std::size_t kPostingsMax = 10'000;

bool is_source(TxClass parent, TxClass tx_class) {
    if (tx_class == TxClass::whirlpool && parent == TxClass::whirlpool_tx0) return true;
    return tx_class != TxClass::whirlpool_tx0 && parent == tx_class;
}

bool is_sink(TxClass child, TxClass tx_class) {
    if (tx_class == TxClass::whirlpool_tx0) return child == TxClass::whirlpool;
    return child == tx_class;
}

Expected<bool> spends_from(const index::LedgerView& view,
                           const index::TxRecord& tx,
                           AddrId address) {
    for (const OutId spent : TRY(view.inputs(tx)))
        if (TRY(view.output(spent)).address == address) return true;
    return false;
}

}  // namespace

Expected<TxShape> shape_of(const index::LedgerView& view, const index::TxRecord& tx) {
    std::map<AddrId, Address> known;
    const auto address = [&](AddrId id) -> Expected<Address> {
        const auto found = known.find(id);
        if (found != known.end()) return found->second;
        return known.emplace(id, TRY(view.address(id))).first->second;
    };
    TxShape shape;
    for (const OutId spent : TRY(view.inputs(tx))) {
        const index::OutputRecord out = TRY(view.output(spent));
        shape.inputs.push_back(
            {.address = out.address, .amount = out.amount, .kind = TRY(address(out.address)).kind});
    }
    for (const index::OutputRecord& out : TRY(view.outputs(tx))) {
        const Address paid = TRY(address(out.address));
        if (paid.kind == AddressKind::op_return)
            ++shape.data_outputs;
        else if (!is_unspendable(paid))
            shape.outputs.push_back(
                {.address = out.address, .amount = out.amount, .kind = paid.kind});
    }
    return shape;
}

Expected<Lineage> lineage_of(const index::LedgerView& view,
                             Clusters& clusters,
                             const index::TxRecord& tx,
                             TxClass tx_class) {
    Lineage lineage;
    for (const OutId spent : TRY(view.inputs(tx))) {
        if (lineage.inputs == kLegsMax) break;
        ++lineage.inputs;
        const index::TxRecord parent = TRY(view.tx_of(spent));
        if (is_source(TRY(clusters.class_of(parent.id)), tx_class)) ++lineage.inputs_from;
    }
    std::size_t looked_at = 0;
    for (const index::OutputRecord& out : TRY(view.outputs(tx))) {
        if (looked_at++ == kLegsMax) break;
        const auto spend = TRY(view.spender(out.id));
        if (!spend) continue;
        ++lineage.outputs_spent;
        const index::TxRecord child = TRY(view.tx(spend->tx));
        if (is_sink(TRY(clusters.class_of(child.id)), tx_class)) ++lineage.outputs_to;
    }
    return lineage;
}

Expected<SharedRounds> shared_rounds(const index::LedgerView& view,
                                     Clusters& clusters,
                                     AddrId a,
                                     AddrId b) {
    // The shorter history is enough.
    if (TRY(view.totals(b)).tx_count < TRY(view.totals(a)).tx_count) std::swap(a, b);
    const index::HistoryPage page = TRY(view.history(a, TxId(0), kPostingsMax));
    SharedRounds shared{.rounds = {}, .complete = !page.next.has_value()};
    for (const index::Posting& posting : page.postings) {
        if (!posting.spends) continue;
        const index::TxRecord tx = TRY(view.tx(posting.tx));
        const TxClass tx_class = TRY(clusters.class_of(tx.id));
        if (is_coinjoin(tx_class) && TRY(spends_from(view, tx, b)))
            shared.rounds.push_back({.tx = tx.id, .tx_class = tx_class});
    }
    return shared;
}

}  // namespace wagetrail
