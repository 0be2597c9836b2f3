#include "heuristics/question/contacts.h"

#include "heuristics/report/json.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

namespace wagetrail::question {
namespace {

constexpr std::size_t kMembersMax = 2'000;

report::PictureNode rest_of(const report::PictureNode& node, NeighborSide side, std::size_t count) {
    return {.id = report::rest_id(report::EdgeKind::contact, name(side), node.id),
            .kind = report::NodeKind::rest,
            .address = {},
            .tx = {},
            .hidden = count};
}

}  // namespace

Expected<bool> ContactDrawing::open(std::size_t node,
                                    report::PictureLevel level,
                                    const OpenedNode& opened,
                                    const std::stop_token& stop) {
    if (sketch_.at(node).kind == report::NodeKind::transaction) {
        TRY(transactions(node, opened));
        return false;
    }
    return holders(node, level == report::PictureLevel::entity, opened, stop);
}

Expected<bool> ContactDrawing::holders(std::size_t node,
                                       bool entities,
                                       const OpenedNode& opened,
                                       const std::stop_token& stop) {
    const Address address = TRY(parse_address(view_.ledger(), sketch_.at(node).address));
    const auto id = TRY(view_.find_address(address));
    if (!id) return false;
    MemberPage members{.members = {*id}, .next = {}};
    if (entities)
        members = TRY(clusters_.members(TRY(clusters_.entity(ClusterLevel::l1, *id)), AddrId(0),
                                        kMembersMax));
    const Neighbors found = TRY(neighbors_of(view_, clusters_, members.members,
                                             {.side = opened.side, .entities = entities}, stop));
    const std::size_t shown = std::min(found.found.size(), opened.first);
    for (std::size_t i = 0; i < shown; ++i) {
        const report::Holder holder = TRY(names_.holder(found.found[i].address));
        const std::size_t other =
            sketch_.node({.id = holder.id,
                          .kind = entities ? report::NodeKind::entity : report::NodeKind::address,
                          .address = holder.address,
                          .tx = {}});
        if (other != node) TRY(join(node, other, opened.side, found.found[i]));
    }
    if (shown == found.found.size()) return found.truncated || members.next.has_value();
    Neighbor rest{.address = {}, .first = found.found[shown].first};
    for (std::size_t i = shown; i < found.found.size(); ++i) {
        rest.amount += found.found[i].amount;
        rest.transactions += found.found[i].transactions;
        rest.first = std::min(rest.first, found.found[i].first);
        rest.last = std::max(rest.last, found.found[i].last);
    }
    const std::size_t others =
        sketch_.node(rest_of(sketch_.at(node), opened.side, found.found.size() - shown));
    TRY(join(node, others, opened.side, rest));
    return found.truncated || members.next.has_value();
}

Expected<void> ContactDrawing::transactions(std::size_t node, const OpenedNode& opened) {
    const auto id = TRY(view_.find_tx(sketch_.at(node).tx.value().txid));
    if (!id) return {};
    const index::TxRecord tx = TRY(view_.tx(*id));
    std::map<TxId, Amount> others;
    if (opened.side == NeighborSide::in) {
        for (const OutId out : TRY(view_.inputs(tx)))
            others[TRY(view_.tx_of(out)).id] += TRY(view_.output(out)).amount;
    } else {
        for (const index::OutputRecord& output : TRY(view_.outputs(tx)))
            if (const auto spend = TRY(view_.spender(output.id)))
                others[spend->tx] += output.amount;
    }
    std::vector<std::pair<TxId, Amount>> largest(others.begin(), others.end());
    std::ranges::stable_sort(largest, std::greater(), [](const auto& each) { return each.second; });
    for (std::size_t i = 0; i < largest.size() && i < opened.first; ++i) {
        const index::TxRecord other = TRY(view_.tx(largest[i].first));
        const Height moved = opened.side == NeighborSide::in ? other.height : tx.height;
        const std::size_t beside = sketch_.node({.id = text(other.txid),
                                                 .kind = report::NodeKind::transaction,
                                                 .address = {},
                                                 .tx = TRY(position_of(view_, other))});
        TRY(join(node, beside, opened.side,
                 {.address = {},
                  .transactions = 1,
                  .amount = largest[i].second,
                  .first = moved,
                  .last = moved}));
    }
    return {};
}

Expected<void> ContactDrawing::join(std::size_t node,
                                    std::size_t other,
                                    NeighborSide side,
                                    const Neighbor& dealt) {
    const bool out = side == NeighborSide::out;
    const Time first = TRY(time_at(dealt.first));
    const Time last = TRY(time_at(dealt.last));
    report::PictureEdge& edge =
        sketch_.edge(out ? node : other, out ? other : node, report::EdgeKind::contact);
    edge.transactions = dealt.transactions;
    edge.whole = dealt.amount;
    edge.first = first;
    edge.last = last;
    return {};
}

Expected<Time> ContactDrawing::time_at(Height height) const {
    return report::time_of(TRY(view_.block(height)));
}

}  // namespace wagetrail::question
