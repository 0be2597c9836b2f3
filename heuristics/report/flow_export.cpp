#include "heuristics/report/flow_export.h"

#include "chain/base/sha256.h"

#include "heuristics/report/flow.h"
#include "heuristics/report/json.h"
#include "heuristics/report/markup.h"

#include <array>
#include <utility>

namespace wagetrail::report {
namespace {

constexpr std::array kFormats{
    std::pair{std::string_view("graphml"), FlowFormat::graphml},
    std::pair{std::string_view("dot"), FlowFormat::dot},
    std::pair{std::string_view("csv"), FlowFormat::csv},
    std::pair{std::string_view("jsonl"), FlowFormat::jsonl},
};

std::string number(std::uint64_t value) {
    return std::to_string(value);
}

std::string point(const OutPoint& at) {
    return text(at.txid) + ":" + text(at.vout);
}

/// What a node is called: a transaction by the beginning of its txid.
std::string caption(const FlowNode& node) {
    constexpr std::size_t kShown = 12;
    if (node.address.empty()) return text(node.tx.txid).substr(0, kShown);
    return node.address + (node.label.empty() ? "" : " (" + node.label + ")");
}

Json node_json(const FlowNode& node) {
    return {{"type", "node"},
            {"id", node.id},
            {"kind", name(node.kind)},
            {"label", caption(node)},
            {"address", node.address.empty() ? Json() : Json(node.address)},
            {"txid", text(node.tx.txid)},
            {"height", node.tx.height.value},  // raw: printed
            {"time", text(node.tx.time)}};
}

Json edge_json(const Flow& flow, const FlowEdge& edge) {
    return {{"type", "edge"},
            {"from", flow.nodes[edge.from].id},
            {"to", flow.nodes[edge.to].id},
            {"output", point(edge.at)},
            {"address", edge.address},
            {"units", number(edge.whole.units())},
            {"traced_units", number(edge.traced.units())}};
}

/// The envelope around what the export is of; its result_id covers every node and edge.
std::string head(const Manifest& manifest,
                 const TraceQuestion& question,
                 const Trace& trace,
                 const Flow& flow) {
    std::string all;
    for (const FlowNode& node : flow.nodes) all += canonical(node_json(node)) + "\n";
    for (const FlowEdge& edge : flow.edges) all += canonical(edge_json(flow, edge)) + "\n";
    return sealed(manifest, {{"from", question.from},
                             {"to", question.to},
                             {"direction", name(question.direction)},
                             {"policy", name(trace.policy)},
                             {"nodes", flow.nodes.size()},
                             {"edges", flow.edges.size()},
                             {"graph_sha256", sha256_hex(all)}});
}

std::string graphml(const std::string& envelope, const Flow& flow) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
        "  <desc>" +
        markup(envelope) + "</desc>\n";
    // GraphML's "long" is signed: amounts that need 64 bits are text.
    const std::array keys{
        std::array{"node", "kind", "string"},    std::array{"node", "label", "string"},
        std::array{"node", "address", "string"}, std::array{"node", "txid", "string"},
        std::array{"node", "height", "long"},    std::array{"node", "time", "string"},
        std::array{"edge", "output", "string"},  std::array{"edge", "address", "string"},
        std::array{"edge", "units", "string"},   std::array{"edge", "traced_units", "string"},
        std::array{"edge", "weight", "double"},
    };
    const auto id_of = [](const auto& key) {
        return std::string(key[0]) + "_" + std::string(key[1]);
    };
    for (const auto& key : keys)
        out += "  <key id=\"" + id_of(key) + "\" for=\"" + key[0] + "\" attr.name=\"" + key[1] +
               "\" attr.type=\"" + key[2] + "\"/>\n";
    const auto data = [](const std::string& key, const std::string& value) {
        return "      <data key=\"" + key + "\">" + markup(value) + "</data>\n";
    };
    out += "  <graph id=\"trace\" edgedefault=\"directed\">\n";
    for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
        const FlowNode& node = flow.nodes[i];
        out += "    <node id=\"n" + number(i) + "\">\n" +
               data("node_kind", std::string(name(node.kind))) + data("node_label", caption(node)) +
               data("node_address", node.address) + data("node_txid", text(node.tx.txid)) +
               data("node_height", text(node.tx.height)) + data("node_time", text(node.tx.time)) +
               "    </node>\n";
    }
    for (std::size_t i = 0; i < flow.edges.size(); ++i) {
        const FlowEdge& edge = flow.edges[i];
        const std::string traced = number(edge.traced.units());
        out += "    <edge id=\"e" + number(i) + "\" source=\"n" + number(edge.from) +
               "\" target=\"n" + number(edge.to) + "\">\n" + data("edge_output", point(edge.at)) +
               data("edge_address", edge.address) + data("edge_units", number(edge.whole.units())) +
               data("edge_traced_units", traced) + data("edge_weight", traced) + "    </edge>\n";
    }
    return out + "  </graph>\n</graphml>\n";
}

std::string dot(const std::string& envelope, LedgerId ledger, const Flow& flow) {
    std::string out = "// " + envelope + "\ndigraph trace {\n  rankdir=LR;\n  node [shape=box];\n";
    for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
        const FlowNode& node = flow.nodes[i];
        out += "  n" + number(i) + " [label=\"" + dot_text(caption(node)) + "\\n" +
               text(node.tx.time) + "\"" +
               (node.kind == FlowKind::target   ? ", style=filled, fillcolor=salmon"
                : node.kind == FlowKind::payout ? ", style=filled, fillcolor=lightblue"
                : node.address.empty()          ? ""
                                                : ", shape=ellipse") +
               "];\n";
    }
    for (const FlowEdge& edge : flow.edges)
        out += "  n" + number(edge.from) + " -> n" + number(edge.to) + " [label=\"" +
               display(ledger, edge.traced) + "\", tooltip=\"" + point(edge.at) + "\"];\n";
    return out + "}\n";
}

std::string csv(const Flow& flow) {
    std::string out =
        "from,to,output,address,units,traced_units,from_kind,to_kind,from_time,to_time\n";
    for (const FlowEdge& edge : flow.edges) {
        const FlowNode& from = flow.nodes[edge.from];
        const FlowNode& to = flow.nodes[edge.to];
        out += csv_cell(from.id) + "," + csv_cell(to.id) + "," + point(edge.at) + "," +
               csv_cell(edge.address) + "," + number(edge.whole.units()) + "," +
               number(edge.traced.units()) + "," + std::string(name(from.kind)) + "," +
               std::string(name(to.kind)) + "," + text(from.tx.time) + "," + text(to.tx.time) +
               "\n";
    }
    return out;
}

std::string jsonl(const std::string& envelope, const Flow& flow) {
    std::string out = envelope + "\n";
    for (const FlowNode& node : flow.nodes) out += canonical(node_json(node)) + "\n";
    for (const FlowEdge& edge : flow.edges) out += canonical(edge_json(flow, edge)) + "\n";
    return out;
}

}  // namespace

std::optional<FlowFormat> parse_flow_format(std::string_view word) {
    for (const auto& [known, format] : kFormats)
        if (known == word) return format;
    return std::nullopt;
}

std::string flow_format_names() {
    std::string names;
    for (const auto& [word, format] : kFormats)
        names += (names.empty() ? "" : ", ") + std::string(word);
    return names;
}

std::string exported_flow(const Manifest& manifest,
                          const TraceQuestion& question,
                          const Trace& trace,
                          FlowFormat format) {
    const Flow flow = flow_of(trace);
    switch (format) {
        case FlowFormat::graphml:
            return graphml(head(manifest, question, trace, flow), flow);
        case FlowFormat::dot:
            return dot(head(manifest, question, trace, flow), question.ledger, flow);
        case FlowFormat::csv:
            return csv(flow);
        case FlowFormat::jsonl:
            return jsonl(head(manifest, question, trace, flow), flow);
    }
    CHECK(false);
}

}  // namespace wagetrail::report
