#include "heuristics/report/picture/fold.h"

#include "heuristics/report/picture/sketch.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

namespace wagetrail::report {
namespace {

/// The edges of each node as a walk takes them: away from the roots, and towards them.
struct Ways {
    std::vector<std::vector<std::size_t>> onward;
    std::vector<std::vector<std::size_t>> back;
};

std::size_t near_end(const Picture& picture, const PictureEdge& edge) {
    return picture.direction == Direction::forward ? edge.from : edge.to;
}

std::size_t far_end(const Picture& picture, const PictureEdge& edge) {
    return picture.direction == Direction::forward ? edge.to : edge.from;
}

Ways ways_of(const Picture& picture) {
    Ways ways{std::vector<std::vector<std::size_t>>(picture.nodes.size()),
              std::vector<std::vector<std::size_t>>(picture.nodes.size())};
    for (std::size_t i = 0; i < picture.edges.size(); ++i) {
        ways.onward[near_end(picture, picture.edges[i])].push_back(i);
        ways.back[far_end(picture, picture.edges[i])].push_back(i);
    }
    return ways;
}

/// For every node the way by which most could have come to it from a root: the one whose narrowest
/// edge is widest.
std::vector<std::optional<std::size_t>> widest_ways(const Picture& picture, const Ways& ways) {
    struct Reached {
        Amount narrowest;
        std::size_t node = 0;
        bool operator<(const Reached& other) const {
            return narrowest != other.narrowest ? narrowest < other.narrowest : node > other.node;
        }
    };
    std::vector<std::optional<std::size_t>> came_from(picture.nodes.size());
    std::vector<Amount> best(picture.nodes.size());
    std::vector<bool> done(picture.nodes.size(), false);
    std::priority_queue<Reached> open;
    for (const std::size_t root : roots_of(picture)) {
        best[root] = Amount(std::numeric_limits<std::uint64_t>::max());
        open.push({best[root], root});
    }
    while (!open.empty()) {
        const std::size_t node = open.top().node;
        open.pop();
        if (done[node]) continue;
        done[node] = true;
        for (const std::size_t at : ways.onward[node]) {
            const PictureEdge& edge = picture.edges[at];
            const std::size_t next = far_end(picture, edge);
            const Amount narrowest = std::min(best[node], largest(edge.shares));
            if (done[next] || narrowest <= best[next]) continue;
            best[next] = narrowest;
            came_from[next] = node;
            open.push({narrowest, next});
        }
    }
    return came_from;
}

/// Chooses who stays: the roots, the widest way to each target, then the largest beside what stays,
/// breadth first, so that near ones go before far ones.
class Choice {
  public:
    Choice(const Picture& picture, const Room& room)
        : picture_(picture),
          room_(room),
          ways_(ways_of(picture)),
          kept_(picture.nodes.size(), false) {}

    std::vector<bool> made() && {
        for (const std::size_t root : roots_of(picture_)) keep(root);
        keep_ways();
        for (std::size_t i = 0; i < kept_.size(); ++i)
            if (kept_[i]) open_.push_back(i);
        while (!open_.empty()) {
            const std::size_t node = open_.front();
            open_.pop_front();
            keep_beside(node);
        }
        return std::move(kept_);
    }

  private:
    void keep(std::size_t node) {
        if (kept_[node] || count_ >= room_.nodes) return;
        kept_[node] = true;
        ++count_;
        open_.push_back(node);
    }

    /// Whole or not at all, that of the largest target first.
    void keep_ways() {
        const auto came_from = widest_ways(picture_, ways_);
        std::vector<std::size_t> targets;
        for (std::size_t i = 0; i < picture_.nodes.size(); ++i)
            if (picture_.nodes[i].is_target) targets.push_back(i);
        std::ranges::stable_sort(targets, std::greater(), [&](std::size_t node) {
            return largest(picture_.nodes[node].reached);
        });
        for (const std::size_t target : targets) {
            std::vector<std::size_t> way{target};
            while (came_from[way.back()]) way.push_back(*came_from[way.back()]);
            const auto fresh = static_cast<std::size_t>(
                std::ranges::count_if(way, [&](std::size_t node) { return !kept_[node]; }));
            if (count_ + fresh > room_.nodes) continue;
            for (const std::size_t node : way) keep(node);
        }
    }

    void keep_beside(std::size_t node) {
        std::vector<std::size_t> nodes = largest_first(node);
        nodes.resize(std::min(nodes.size(), beside_max(node)));
        for (const std::size_t next : nodes) keep(next);
    }

    [[nodiscard]] std::size_t beside_max(std::size_t node) const {
        const auto more = room_.more.find(picture_.nodes[node].id);
        return more == room_.more.end() ? room_.beside_each : more->second;
    }

    [[nodiscard]] std::vector<std::size_t> largest_first(std::size_t node) const {
        std::vector<std::size_t> edges = ways_.onward[node];
        std::ranges::stable_sort(edges, std::greater(), [&](std::size_t edge) {
            return largest(picture_.edges[edge].shares);
        });
        std::vector<std::size_t> nodes;
        nodes.reserve(edges.size());
        for (const std::size_t edge : edges)
            nodes.push_back(far_end(picture_, picture_.edges[edge]));
        return nodes;
    }

    const Picture& picture_;
    const Room& room_;
    Ways ways_;
    std::vector<bool> kept_;
    std::size_t count_ = 0;
    std::deque<std::size_t> open_;
};

/// Stands beside a node for those that it paid and that are not shown.
PictureNode rest_of(const Picture& picture, const PictureNode& node) {
    const bool forward = picture.direction == Direction::forward;
    return {.id = rest_id(EdgeKind::traced, forward ? "out" : "in", node.id),
            .kind = NodeKind::rest,
            .address = {},
            .tx = {}};
}

}  // namespace

Folded folded(const Picture& whole, const Room& room) {
    const std::vector<bool> kept = Choice(whole, room).made();
    Picture empty{.level = whole.level, .direction = whole.direction, .policies = whole.policies};
    Folded result;
    Sketch sketch(std::move(empty));
    std::vector<std::size_t> place(whole.nodes.size());
    for (std::size_t i = 0; i < whole.nodes.size(); ++i) {
        if (kept[i]) place[i] = sketch.node(whole.nodes[i]);
        if (!kept[i]) ++result.nodes_left_out;
    }
    for (const PictureEdge& edge : whole.edges) {
        if (kept[edge.from] && kept[edge.to]) {
            PictureEdge& copy = sketch.edge(place[edge.from], place[edge.to], edge.kind);
            const PictureEdge ends = copy;
            copy = edge;
            copy.from = ends.from;
            copy.to = ends.to;
            continue;
        }
        ++result.edges_left_out;
        const std::size_t near = near_end(whole, edge);
        if (!kept[near]) continue;
        const std::size_t rest = sketch.node(rest_of(whole, whole.nodes[near]));
        ++sketch.at(rest).hidden;
        const bool forward = whole.direction == Direction::forward;
        for (const EdgeOutput& output : edge.outputs)
            sketch.pass(forward ? place[near] : rest, forward ? rest : place[near], output);
    }
    result.picture = std::move(sketch).done();
    return result;
}

}  // namespace wagetrail::report
