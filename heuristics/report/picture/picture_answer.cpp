#include "heuristics/report/picture/picture_answer.h"

#include "heuristics/report/json.h"
#include "heuristics/report/label_json.h"
#include "heuristics/report/trace_json.h"

#include <algorithm>

namespace wagetrail::report {
namespace {

constexpr std::size_t kOutputsMax = 200;  // of one edge that are written out

Json units(Amount amount) {
    return std::to_string(amount.units());
}

Json shares_json(const Shares& shares) {
    Json all = Json::array();
    for (const Amount share : shares) all.push_back(units(share));
    return all;
}

Json range_json(const Shares& shares) {
    if (shares.empty()) return nullptr;
    const auto [least, most] = std::ranges::minmax(shares);
    return Json::array({units(least), units(most)});
}

Json tx_json(const TxPosition& tx) {
    return {{"txid", text(tx.txid)},
            {"height", tx.height.value},  // raw: printed
            {"time", text(tx.time)}};
}

Json stops_json(const std::vector<NodeStop>& stops) {
    Json all = Json::array();
    for (const NodeStop& stop : stops)
        all.push_back({{"reason", name(stop.reason)},
                       {"label", stop.label},
                       {"shares", shares_json(stop.shares)}});
    return all;
}

Json listings_json(const std::vector<lists::Listing>& listings) {
    Json all = Json::array();
    for (const lists::Listing& listing : listings) all.push_back(listing_json(listing));
    return all;
}

Json arrivals_json(const std::vector<NodeArrivals>& arrivals) {
    Json all = Json::array();
    for (const NodeArrivals& each : arrivals)
        all.push_back({{"verdict_at_payout", lists::text(each.at_payout)},
                       {"verdict_at_arrival", lists::text(each.at_arrival)},
                       {"shares", shares_json(each.shares)}});
    return all;
}

Json node_json(const PictureNode& node, const NodePlace& place, const NodeFacts& facts) {
    return {{"id", node.id},
            {"kind", name(node.kind)},
            {"x", place.x},
            {"y", place.y},
            {"column", place.column},
            {"address", node.address.empty() ? Json() : Json(node.address)},
            {"tx", node.tx ? tx_json(*node.tx) : Json()},
            {"payer", node.is_payer},
            {"payee", node.is_payee},
            {"target", node.is_target},
            {"reached", shares_json(node.reached)},
            {"stops", stops_json(node.stops)},
            {"arrivals", arrivals_json(facts.arrivals)},
            {"kept_inside", node.kept_inside},
            {"hidden", node.hidden},
            {"size", facts.size},
            {"coinjoin", facts.coinjoin.empty() ? Json() : Json(facts.coinjoin)},
            {"labels", labels_json(facts.labels)},
            {"listings", listings_json(facts.listings)},
            {"verdict", facts.verdict ? Json(lists::text(*facts.verdict)) : Json()}};
}

Json edge_json(const PictureEdge& edge, const std::string& id) {
    Json outputs = Json::array();
    for (const EdgeOutput& output : edge.outputs) {
        if (outputs.size() == kOutputsMax) break;
        Json json = tx_json(output.tx);
        json["output"] = text(output.at.txid) + ":" + text(output.at.vout);
        json["whole"] = units(output.whole);
        json["shares"] = shares_json(output.shares);
        outputs.push_back(std::move(json));
    }
    const bool dated = edge.transactions > 0;
    return {{"id", id},
            {"from", edge.from},
            {"to", edge.to},
            {"kind", name(edge.kind)},
            {"whole", units(edge.whole)},
            {"shares", shares_json(edge.shares)},
            {"range", range_json(edge.shares)},
            {"transactions", edge.transactions},
            {"first", dated ? Json(text(edge.first)) : Json()},
            {"last", dated ? Json(text(edge.last)) : Json()},
            {"output_count", edge.outputs.size()},
            {"outputs", std::move(outputs)}};
}

Json sums_json(const std::vector<PolicyTrace>& traces) {
    Json all = Json::array();
    for (const PolicyTrace& each : traces) {
        const Sums& sums = each.trace.totals;
        all.push_back({{"policy", name(each.trace.policy)},
                       {"amount", units(sums.amount)},
                       {"reached", units(sums.reached)},
                       {"stopped", units(sums.stopped)},
                       {"residual", units(sums.residual)},
                       {"fees", units(sums.fees)},
                       {"value_floor", units(each.trace.value_floor)},
                       {"transactions", each.trace.transactions}});
    }
    return all;
}

Json columns_json(const Layout& layout) {
    Json all = Json::array();
    for (const auto& [column, begins] : layout.columns)
        all.push_back({{"column", column}, {"begins", text(begins)}});
    return all;
}

}  // namespace

Answer picture_answer(const Manifest& manifest,
                      const TraceQuestion& question,
                      const std::vector<PolicyTrace>& traces,
                      const DrawnPicture& drawn) {
    const Picture& picture = drawn.folded.picture;
    Json nodes = Json::array();
    for (std::size_t i = 0; i < picture.nodes.size(); ++i)
        nodes.push_back(node_json(picture.nodes[i], drawn.layout.places.at(i), drawn.facts.at(i)));
    Json edges = Json::array();
    for (const PictureEdge& edge : picture.edges)
        edges.push_back(edge_json(edge, picture.nodes[edge.from].id + " > " +
                                            picture.nodes[edge.to].id +
                                            (edge.kind == EdgeKind::contact ? " ~" : "")));
    Json policies = Json::array();
    for (const Policy policy : picture.policies) policies.push_back(name(policy));
    const LedgerParams& ledger = params(drawn.ledger);
    Json result = {
        {"ledger", ledger.name},
        {"unit", {{"symbol", ledger.symbol}, {"decimals", ledger.decimals}}},
        {"from", question.from},
        {"to", question.to},
        {"direction", name(picture.direction)},
        {"level", name(picture.level)},
        {"across", name(drawn.across)},
        {"policies", std::move(policies)},
        {"payouts", question.payouts.found.size()},
        {"sums", sums_json(traces)},
        {"node_size", Json::array({kNodeWidth, kNodeHeight})},
        {"column_step", drawn.layout.column_step},
        {"columns", columns_json(drawn.layout)},
        {"nodes", std::move(nodes)},
        {"edges", std::move(edges)},
        {"left_out",
         {{"nodes", drawn.folded.nodes_left_out}, {"edges", drawn.folded.edges_left_out}}},
        {"not_opened", drawn.not_opened}};
    return {sealed(manifest, std::move(result)), std::to_string(picture.nodes.size()) + " nodes, " +
                                                     std::to_string(picture.edges.size()) +
                                                     " edges\n"};
}

}  // namespace wagetrail::report
