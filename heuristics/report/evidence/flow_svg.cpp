#include "heuristics/report/evidence/flow_svg.h"

#include "heuristics/report/evidence/label_places.h"
#include "heuristics/report/json.h"
#include "heuristics/report/markup.h"

#include <algorithm>
#include <numeric>

namespace wagetrail::report {
namespace {

constexpr std::size_t kNodeWidth = 150;
constexpr std::size_t kNodeHeight = 34;
constexpr std::size_t kColumnWidth = 260;
constexpr std::size_t kRowHeight = 56;
constexpr std::size_t kMargin = 20;

using Place = DrawnPoint;

/// Value that comes into a node, or, where none does, that leaves it.
std::vector<std::uint64_t> weights(const Flow& flow) {
    std::vector<std::uint64_t> in(flow.nodes.size(), 0);
    std::vector<std::uint64_t> out(flow.nodes.size(), 0);
    for (const FlowEdge& edge : flow.edges) {
        in[edge.to] += edge.traced.units();
        out[edge.from] += edge.traced.units();
    }
    for (std::size_t i = 0; i < in.size(); ++i) in[i] = std::max(in[i], out[i]);
    return in;
}

/// Without the least nodes; their edges go with them.
Flow largest(const Flow& flow, std::size_t nodes_max) {
    const auto weight = weights(flow);
    std::vector<std::size_t> order(flow.nodes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return weight[a] > weight[b]; });
    order.resize(std::min(order.size(), nodes_max));
    std::sort(order.begin(), order.end());
    Flow part;
    std::vector<std::size_t> place(flow.nodes.size(), flow.nodes.size());
    for (const std::size_t node : order) {
        place[node] = part.nodes.size();
        part.nodes.push_back(flow.nodes[node]);
    }
    for (const FlowEdge& edge : flow.edges) {
        if (place[edge.from] == flow.nodes.size() || place[edge.to] == flow.nodes.size()) continue;
        part.edges.push_back(edge);
        part.edges.back().from = place[edge.from];
        part.edges.back().to = place[edge.to];
    }
    return part;
}

/// Columns by columns: a node goes to the mean row of the nodes before it.
std::vector<Place> arranged(const Flow& flow, std::size_t& rows) {
    std::vector<std::size_t> order(flow.nodes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return flow.nodes[a].column < flow.nodes[b].column;
    });
    std::vector<std::size_t> columns;  // that have nodes, so that none stays empty
    for (const std::size_t node : order)
        if (columns.empty() || columns.back() != flow.nodes[node].column)
            columns.push_back(flow.nodes[node].column);
    std::vector<std::size_t> row(flow.nodes.size(), 0);
    std::vector<Place> places(flow.nodes.size());
    rows = 0;
    for (std::size_t begin = 0, column = 0; begin < order.size(); ++column) {
        std::size_t end = begin;
        while (end < order.size() && flow.nodes[order[end]].column == columns[column]) ++end;
        std::vector<std::pair<std::size_t, std::size_t>> wished;  // row in hundredths, node
        for (std::size_t i = begin; i < end; ++i) {
            std::size_t sum = 0;
            std::size_t count = 0;
            for (const FlowEdge& edge : flow.edges)
                if (edge.to == order[i]) {
                    sum += row[edge.from] * 100;
                    ++count;
                }
            wished.emplace_back(count == 0 ? 0 : sum / count, order[i]);
        }
        std::sort(wished.begin(), wished.end());
        for (std::size_t i = 0; i < wished.size(); ++i) {
            row[wished[i].second] = i;
            places[wished[i].second] = {kMargin + column * kColumnWidth, kMargin + i * kRowHeight};
        }
        rows = std::max(rows, wished.size());
        begin = end;
    }
    return places;
}

std::string number(std::size_t value) {
    return std::to_string(value);
}

std::string short_name(const FlowNode& node) {
    const std::string whole = node.address.empty() ? text(node.tx.txid) : node.address;
    constexpr std::size_t kEnd = 8;
    return whole.size() <= 2 * kEnd
               ? whole
               : whole.substr(0, kEnd) + "..." + whole.substr(whole.size() - kEnd);
}

std::string second_line(const FlowNode& node) {
    if (!node.label.empty()) return node.label.substr(0, 26);
    if (node.kind == FlowKind::target) return "target";
    return text(node.tx.time).substr(0, 16);
}

const char* fill_of(FlowKind kind) {
    switch (kind) {
        case FlowKind::payout:
            return "#cfe3ff";
        case FlowKind::target:
            return "#ffc9c2";
        case FlowKind::transaction:
            return "#f4f4f4";
        case FlowKind::stopped:
        case FlowKind::unspent:
            return "#fff3c4";
    }
    CHECK(false);
}

Place begin_of(const FlowEdge& edge, const std::vector<Place>& places) {
    return {places[edge.from].x + kNodeWidth, places[edge.from].y + kNodeHeight / 2};
}

Place end_of(const FlowEdge& edge, const std::vector<Place>& places) {
    return {places[edge.to].x, places[edge.to].y + kNodeHeight / 2};
}

std::string edge_svg(LedgerId ledger,
                     const FlowEdge& edge,
                     const std::vector<Place>& places,
                     std::uint64_t largest_value) {
    const Place from = begin_of(edge, places);
    const Place to = end_of(edge, places);
    const std::size_t bend = kColumnWidth / 4;
    const std::uint64_t width =
        1 + (largest_value == 0 ? 0 : edge.traced.units() / (largest_value / 7 + 1));
    const std::string at = text(edge.at.txid) + ":" + text(edge.at.vout);
    return "<path d=\"M" + number(from.x) + " " + number(from.y) + " C" + number(from.x + bend) +
           " " + number(from.y) + " " + number(to.x - std::min(to.x, bend)) + " " + number(to.y) +
           " " + number(to.x) + " " + number(to.y) +
           "\" fill=\"none\" stroke=\"#5577aa\" "
           "stroke-opacity=\"0.6\" stroke-width=\"" +
           std::to_string(width) + "\"><title>" + at + "\n" + markup(display(ledger, edge.traced)) +
           " of " + markup(display(ledger, edge.whole)) + "</title></path>\n";
}

/// The amounts on the edges, the largest first: those for which no room is left are not written.
std::string amounts_svg(LedgerId ledger,
                        const Flow& flow,
                        const std::vector<Place>& places,
                        std::size_t& left_out) {
    LabelPlaces labels;
    for (const Place& place : places)
        labels.keep_free({place.x, place.y, place.x + kNodeWidth, place.y + kNodeHeight});
    std::vector<const FlowEdge*> edges;
    for (const FlowEdge& edge : flow.edges) edges.push_back(&edge);
    std::stable_sort(edges.begin(), edges.end(),
                     [](const FlowEdge* a, const FlowEdge* b) { return a->traced > b->traced; });
    std::string svg;
    for (const FlowEdge* const edge : edges) {
        const std::string words = display(ledger, edge->traced);
        const auto at =
            labels.place(along(begin_of(*edge, places), end_of(*edge, places)), words.size());
        if (!at) {
            ++left_out;
            continue;
        }
        svg += "<text x=\"" + number(at->x) + "\" y=\"" + number(at->y) +
               "\" text-anchor=\"middle\" font-size=\"9\" fill=\"#334\">" + markup(words) +
               "</text>\n";
    }
    return svg;
}

std::string node_svg(const FlowNode& node, const Place& place) {
    return "<g><title>" + markup(node.id) + "</title><rect x=\"" + number(place.x) + "\" y=\"" +
           number(place.y) + "\" width=\"" + number(kNodeWidth) + "\" height=\"" +
           number(kNodeHeight) + "\" rx=\"" + (node.address.empty() ? "2" : "14") + "\" fill=\"" +
           fill_of(node.kind) + "\" stroke=\"#667\"/><text x=\"" +
           number(place.x + kNodeWidth / 2) + "\" y=\"" + number(place.y + 14) +
           "\" text-anchor=\"middle\" font-size=\"10\" font-family=\"monospace\">" +
           markup(short_name(node)) + "</text><text x=\"" + number(place.x + kNodeWidth / 2) +
           "\" y=\"" + number(place.y + 27) + "\" text-anchor=\"middle\" font-size=\"9\">" +
           markup(second_line(node)) + "</text></g>\n";
}

}  // namespace

DrawnFlow flow_svg(LedgerId ledger, const Flow& flow, std::size_t nodes_max) {
    const Flow part = largest(flow, nodes_max);
    std::size_t rows = 0;
    const std::vector<Place> places = arranged(part, rows);
    std::size_t right = 0;
    for (const Place& place : places) right = std::max(right, place.x + kNodeWidth);
    std::uint64_t largest_value = 0;
    for (const FlowEdge& edge : part.edges)
        largest_value = std::max(largest_value, edge.traced.units());
    const std::string width = number(right + kMargin);
    const std::string height = number(rows * kRowHeight + 2 * kMargin);
    DrawnFlow drawn{.svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width +
                           "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height +
                           "\" font-family=\"sans-serif\">\n",
                    .nodes_left_out = flow.nodes.size() - part.nodes.size(),
                    .amounts_left_out = 0};
    for (const FlowEdge& edge : part.edges)
        drawn.svg += edge_svg(ledger, edge, places, largest_value);
    drawn.svg += amounts_svg(ledger, part, places, drawn.amounts_left_out);
    for (std::size_t i = 0; i < part.nodes.size(); ++i)
        drawn.svg += node_svg(part.nodes[i], places[i]);
    drawn.svg += "</svg>\n";
    return drawn;
}

}  // namespace wagetrail::report
