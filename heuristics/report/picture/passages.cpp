#include "heuristics/report/picture/passages.h"

#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace wagetrail::report {
namespace {

bool is_transaction(const FlowNode& node) {
    return node.address.empty();
}

std::vector<PayoutTx> payout_txs_of(const Trace& trace) {
    std::vector<PayoutTx> all;
    if (trace.direction == Direction::backward) return all;
    std::unordered_map<Txid, std::size_t> known;
    for (const TracedPayout& payout : trace.payouts) {
        const auto [at, is_new] = known.try_emplace(payout.coin.tx.txid, all.size());
        if (is_new) all.push_back({payout.coin.tx, Amount()});
        all[at->second].amount += payout.coin.amount;
    }
    return all;
}

}  // namespace

Passages passages_of(std::span<const PolicyTrace> traces) {
    Passages passages;
    std::map<std::tuple<std::string, std::string, OutPoint>, std::size_t> known;
    passages.payout_txs = payout_txs_of(traces.front().trace);
    for (std::size_t policy = 0; policy < traces.size(); ++policy) {
        const Flow flow = flow_of(traces[policy].trace);
        for (const FlowEdge& edge : flow.edges) {
            const FlowNode& from = flow.nodes[edge.from];
            const FlowNode& to = flow.nodes[edge.to];
            const auto [at, is_new] =
                known.try_emplace({from.id, to.id, edge.at}, passages.all.size());
            if (is_new) {
                Passage passage{.at = edge.at, .address = edge.address, .whole = edge.whole};
                if (is_transaction(from)) passage.maker = from.tx;
                if (is_transaction(to)) passage.user = to.tx;
                if (!is_transaction(from)) passage.place = from;
                if (!is_transaction(to)) passage.place = to;
                passage.shares.resize(traces.size());
                passages.all.push_back(std::move(passage));
            }
            passages.all[at->second].shares[policy] += edge.traced;
        }
    }
    return passages;
}

}  // namespace wagetrail::report
