#include "heuristics/report/picture/sketch.h"

#include <algorithm>
#include <set>
#include <utility>

namespace wagetrail::report {

Sketch::Sketch(Picture picture) : picture_(std::move(picture)) {
    for (std::size_t i = 0; i < picture_.nodes.size(); ++i) nodes_.emplace(picture_.nodes[i].id, i);
    for (std::size_t i = 0; i < picture_.edges.size(); ++i) {
        const PictureEdge& edge = picture_.edges[i];
        edges_.emplace(std::tuple(edge.from, edge.to, edge.kind), i);
        for (std::size_t j = 0; j < edge.outputs.size(); ++j)
            outputs_.emplace(std::tuple(edge.from, edge.to, edge.outputs[j].at), j);
    }
}

std::size_t Sketch::node(PictureNode like) {
    const auto [at, is_new] = nodes_.try_emplace(like.id, picture_.nodes.size());
    if (is_new) {
        like.reached.resize(picture_.policies.size());
        picture_.nodes.push_back(std::move(like));
    }
    return at->second;
}

std::optional<std::size_t> Sketch::find(const std::string& id) const {
    const auto found = nodes_.find(id);
    if (found == nodes_.end()) return std::nullopt;
    return found->second;
}

PictureEdge& Sketch::edge(std::size_t from, std::size_t to, EdgeKind kind) {
    const auto [at, is_new] = edges_.try_emplace({from, to, kind}, picture_.edges.size());
    if (is_new) {
        picture_.edges.push_back({.from = from, .to = to, .kind = kind});
        picture_.edges.back().shares.resize(picture_.policies.size());
    }
    return picture_.edges[at->second];
}

void Sketch::pass(std::size_t from, std::size_t to, EdgeOutput output) {
    PictureEdge& on = edge(from, to, EdgeKind::traced);
    add(on.shares, output.shares);
    // An output that ended in two ways has come before.
    const auto [same, is_new] = outputs_.try_emplace({from, to, output.at}, on.outputs.size());
    if (!is_new) {
        add(on.outputs[same->second].shares, output.shares);
        return;
    }
    on.whole += output.whole;
    on.outputs.push_back(std::move(output));
}

Picture Sketch::done() && {
    for (PictureEdge& edge : picture_.edges) {
        if (edge.outputs.empty()) continue;
        std::ranges::stable_sort(edge.outputs, {}, [](const EdgeOutput& output) {
            return std::tuple(output.tx.height, output.tx.index, output.at.vout);
        });
        std::set<Txid> transactions;
        for (const EdgeOutput& output : edge.outputs) transactions.insert(output.tx.txid);
        edge.transactions = transactions.size();
        edge.first = edge.outputs.front().tx.time;
        edge.last = edge.outputs.back().tx.time;
    }
    return std::move(picture_);
}

}  // namespace wagetrail::report
