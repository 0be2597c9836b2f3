#include "heuristics/report/flow.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

namespace wagetrail::report {
namespace {

/// Makes nodes as edges name them.
class Drawing {
  public:
    explicit Drawing(const Trace& trace) : trace_(trace) {
        for (const Step& step : trace.steps) {
            positions_.emplace(step.tx.txid, step.tx);
            for (const Leg& leg : step.inputs) spender_.emplace(leg.at, step.tx);
        }
    }

    Flow draw() && {
        const bool forward = trace_.direction == Direction::forward;
        for (const TracedPayout& payout : trace_.payouts) {
            positions_.emplace(payout.coin.tx.txid, payout.coin.tx);
            const std::size_t node =
                forward ? transaction(payout.coin.tx) : place(FlowKind::payout, payout.coin);
            flow_.nodes[node].kind = FlowKind::payout;
            if (!forward) payouts_.emplace(payout.coin.at(), node);
        }
        for (const Step& step : trace_.steps)
            for (const Leg& leg : forward ? step.inputs : step.outputs)
                if (!leg.traced().is_zero())
                    edge(leg, forward ? maker(leg.at) : transaction(step.tx),
                         forward ? transaction(step.tx) : user(leg.at));
        for (const Arrival& arrival : trace_.reached)
            ending(place(FlowKind::target, arrival.coin), arrival.coin, arrival.amount);
        for (const Stop& stop : trace_.stopped)
            ending(place(FlowKind::stopped, stop.coin, &stop), stop.coin, stop.amount());
        for (const Stop& stop : trace_.unspent)
            ending(place(FlowKind::unspent, stop.coin, &stop), stop.coin, stop.amount());
        set_columns();
        return std::move(flow_);
    }

  private:
    std::size_t node(const std::string& id, FlowNode node) {
        const auto [at, is_new] = by_id_.try_emplace(id, flow_.nodes.size());
        if (is_new) {
            node.id = id;
            flow_.nodes.push_back(std::move(node));
        }
        return at->second;
    }
    std::size_t transaction(const TxPosition& tx) {
        return node(text(tx.txid), {.kind = FlowKind::transaction, .tx = tx});
    }
    /// stop: why the walk ended there; nullptr where it did not.
    std::size_t place(FlowKind kind, const Coin& coin, const Stop* stop = nullptr) {
        const std::string address = text(coin.address);
        FlowNode made{.kind = kind, .label = {}, .tx = coin.tx, .address = address};
        if (stop != nullptr) {
            made.stop = stop->reason;
            made.label =
                std::string(name(stop->reason)) + (stop->label.empty() ? "" : ": " + stop->label);
        }
        const std::string why = made.label.empty() ? std::string(name(kind)) : made.label;
        return node(address + " " + why, std::move(made));
    }
    std::size_t maker(const OutPoint& at) { return transaction(positions_.at(at.txid)); }
    /// Of an output during a walk back: where its value was asked from.
    std::size_t user(const OutPoint& at) {
        const auto payout = payouts_.find(at);
        return payout != payouts_.end() ? payout->second : transaction(spender_.at(at));
    }
    void edge(const Leg& leg, std::size_t from, std::size_t to) {
        flow_.edges.push_back({from, to, leg.at, text(leg.address), leg.amount, leg.traced()});
    }

    /// Several payouts may end in one output by one reason: then they are one edge.
    void ending(std::size_t end, const Coin& coin, Amount amount) {
        const bool forward = trace_.direction == Direction::forward;
        if (forward) positions_.emplace(coin.tx.txid, coin.tx);
        const std::size_t from = forward ? maker(coin.at()) : end;
        const std::size_t to = forward ? end : user(coin.at());
        const auto [at, is_new] = endings_.try_emplace({from, to, coin.at()}, flow_.edges.size());
        if (is_new)
            flow_.edges.push_back({from, to, coin.at(), text(coin.address), coin.amount, amount});
        else
            flow_.edges[at->second].traced += amount;
    }

    /// The longest way to each node, found in the order in which nothing is left before it.
    void set_columns() {
        std::vector<std::size_t> before(flow_.nodes.size(), 0);
        std::vector<std::vector<std::size_t>> next(flow_.nodes.size());
        for (const FlowEdge& one : flow_.edges) {
            ++before[one.to];
            next[one.from].push_back(one.to);
        }
        std::vector<std::size_t> ready;
        for (std::size_t i = 0; i < before.size(); ++i)
            if (before[i] == 0) ready.push_back(i);
        while (!ready.empty()) {
            const std::size_t at = ready.back();
            ready.pop_back();
            for (const std::size_t to : next[at]) {
                flow_.nodes[to].column =
                    std::max(flow_.nodes[to].column, flow_.nodes[at].column + 1);
                if (--before[to] == 0) ready.push_back(to);
            }
        }
    }

    const Trace& trace_;
    Flow flow_;
    std::map<std::string, std::size_t> by_id_;
    std::unordered_map<Txid, TxPosition> positions_;
    std::unordered_map<OutPoint, TxPosition> spender_;
    std::unordered_map<OutPoint, std::size_t> payouts_;
    std::map<std::tuple<std::size_t, std::size_t, OutPoint>, std::size_t> endings_;
};

/// Nodes from which others are met by going along the edges, or against them.
std::vector<bool> met(const Flow& flow, std::vector<std::size_t> starts, bool along) {
    std::vector<std::vector<std::size_t>> next(flow.nodes.size());
    for (const FlowEdge& edge : flow.edges)
        next[along ? edge.from : edge.to].push_back(along ? edge.to : edge.from);
    std::vector<bool> seen(flow.nodes.size(), false);
    while (!starts.empty()) {
        const std::size_t at = starts.back();
        starts.pop_back();
        if (seen[at]) continue;
        seen[at] = true;
        starts.insert(starts.end(), next[at].begin(), next[at].end());
    }
    return seen;
}

}  // namespace

std::string_view name(FlowKind kind) {
    switch (kind) {
        case FlowKind::payout:
            return "payout";
        case FlowKind::transaction:
            return "transaction";
        case FlowKind::target:
            return "target";
        case FlowKind::stopped:
            return "stopped";
        case FlowKind::unspent:
            return "unspent";
    }
    CHECK(false);
}

Flow flow_of(const Trace& trace) {
    CHECK(conserves(trace.policy));
    return Drawing(trace).draw();
}

Flow reaching_target(const Flow& flow) {
    std::vector<std::size_t> payouts;
    std::vector<std::size_t> targets;
    for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
        if (flow.nodes[i].kind == FlowKind::payout) payouts.push_back(i);
        if (flow.nodes[i].kind == FlowKind::target) targets.push_back(i);
    }
    // Backward the target stands before the payouts.
    const auto between = [&](bool along) {
        std::vector<bool> kept = met(flow, payouts, along);
        const std::vector<bool> back = met(flow, targets, !along);
        for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = kept[i] && back[i];
        return kept;
    };
    std::vector<bool> kept = between(true);
    const std::vector<bool> other = between(false);
    for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = kept[i] || other[i];
    Flow part;
    std::vector<std::size_t> place(flow.nodes.size(), 0);
    for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
        if (!kept[i]) continue;
        place[i] = part.nodes.size();
        part.nodes.push_back(flow.nodes[i]);
    }
    for (const FlowEdge& edge : flow.edges) {
        if (!kept[edge.from] || !kept[edge.to]) continue;
        part.edges.push_back(edge);
        part.edges.back().from = place[edge.from];
        part.edges.back().to = place[edge.to];
    }
    return part;
}

}  // namespace wagetrail::report
