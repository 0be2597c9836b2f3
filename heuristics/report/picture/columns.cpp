#include "heuristics/report/picture/columns.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

namespace wagetrail::report {
namespace {

constexpr std::size_t kMomentsMax = 14;  // more are put into as many spans of equal length

/// The part of a picture that is placed by itself, its edges in the direction of the walk.
class Spine {
  public:
    Spine(const Picture& picture, std::size_t fixed) : picture_(picture), onward_(fixed) {
        std::vector<std::size_t> order(picture.edges.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(
            order, {}, [&](std::size_t edge) { return picture.edges[edge].first.seconds; });
        for (const std::size_t edge : order) {
            const PictureEdge& each = picture.edges[edge];
            if (each.kind != EdgeKind::traced || std::max(each.from, each.to) >= fixed) continue;
            onward_[near(each)].push_back(far(each));
        }
    }

    /// By node; a way back to where it came from does not count.
    std::vector<std::int64_t> longest_ways() {
        const std::vector<std::size_t> order = away_from_roots();
        std::vector<std::size_t> rank(onward_.size());
        for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
        std::vector<std::int64_t> length(onward_.size(), 0);
        for (const std::size_t node : order)
            for (const std::size_t next : onward_[node])
                if (rank[next] > rank[node])
                    length[next] = std::max(length[next], length[node] + 1);
        pull_late_starts(length);
        return length;
    }

  private:
    [[nodiscard]] std::size_t near(const PictureEdge& edge) const {
        return picture_.direction == Direction::forward ? edge.from : edge.to;
    }
    [[nodiscard]] std::size_t far(const PictureEdge& edge) const {
        return picture_.direction == Direction::forward ? edge.to : edge.from;
    }
    [[nodiscard]] bool is_start(std::size_t node) const {
        const PictureNode& each = picture_.nodes[node];
        return picture_.direction == Direction::forward ? each.is_payer : each.is_payee;
    }

    /// Reversed order of leaving in a depth-first search: every edge but those that close a circle
    /// goes from earlier to later in it.
    [[nodiscard]] std::vector<std::size_t> away_from_roots() const {
        std::vector<std::size_t> order;
        std::vector<bool> seen(onward_.size(), false);
        std::vector<std::size_t> starts;
        for (const std::size_t root : roots_of(picture_))
            if (root < onward_.size()) starts.push_back(root);
        for (std::size_t i = 0; i < onward_.size(); ++i) starts.push_back(i);
        for (const std::size_t start : starts) search(start, seen, order);
        std::ranges::reverse(order);
        return order;
    }
    void search(std::size_t start, std::vector<bool>& seen, std::vector<std::size_t>& left) const {
        if (seen[start]) return;
        seen[start] = true;
        std::vector<std::pair<std::size_t, std::size_t>> open{{start, 0}};  // node, next edge
        while (!open.empty()) {
            auto& [node, at] = open.back();
            if (at == onward_[node].size()) {
                left.push_back(node);
                open.pop_back();
                continue;
            }
            const std::size_t next = onward_[node][at++];
            if (seen[next]) continue;
            seen[next] = true;
            open.emplace_back(next, 0);
        }
    }

    /// Whoever only feeds a later transaction stands right before it.
    void pull_late_starts(std::vector<std::int64_t>& length) const {
        for (std::size_t node = 0; node < onward_.size(); ++node) {
            if (length[node] != 0 || is_start(node) || onward_[node].empty()) continue;
            std::int64_t least = length[onward_[node].front()];
            for (const std::size_t next : onward_[node]) least = std::min(least, length[next]);
            length[node] = std::max<std::int64_t>(0, least - 1);
        }
    }

    const Picture& picture_;
    std::vector<std::vector<std::size_t>> onward_;  // by node, in the order of time
};

/// What was added later stands beside whom it was added to.
void place_beside(const Picture& picture, std::size_t fixed, std::vector<std::int64_t>& columns) {
    std::vector<bool> placed(picture.nodes.size(), false);
    std::fill_n(placed.begin(), fixed, true);
    for (const PictureEdge& edge : picture.edges) {
        if (placed[edge.from] == placed[edge.to]) continue;
        const std::size_t added = placed[edge.from] ? edge.to : edge.from;
        columns[added] = placed[edge.from] ? columns[edge.from] + 1 : columns[edge.to] - 1;
        placed[added] = true;
    }
}

/// A moment, and what stands before what in it: who pays, the transaction, who is paid.
using Moment = std::pair<std::int64_t, int>;

std::vector<Moment> moments_of(const Picture& picture) {
    std::vector<std::optional<std::int64_t>> came(picture.nodes.size());
    std::vector<std::optional<std::int64_t>> left(picture.nodes.size());
    const auto earliest = [](std::optional<std::int64_t>& known, std::int64_t time) {
        known = std::min(known.value_or(time), time);
    };
    for (const PictureEdge& edge : picture.edges) {
        earliest(came[edge.to], edge.first.seconds);
        earliest(left[edge.from], edge.first.seconds);
    }
    std::vector<Moment> moments;
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        const PictureNode& node = picture.nodes[i];
        if (node.tx) {
            moments.emplace_back(node.tx->time.seconds, 1);
            continue;
        }
        const bool only_pays = !came[i] || node.is_payer;
        moments.emplace_back(only_pays ? left[i].value_or(0) : *came[i], only_pays ? 0 : 2);
    }
    return moments;
}

}  // namespace

std::vector<std::int64_t> hop_columns(const Picture& picture, std::size_t fixed) {
    std::vector<std::int64_t> columns = Spine(picture, fixed).longest_ways();
    if (picture.direction == Direction::backward)
        for (std::int64_t& column : columns) column = -column;
    columns.resize(picture.nodes.size(), 0);
    place_beside(picture, fixed, columns);
    return columns;
}

TimeColumns time_columns(const Picture& picture) {
    const std::vector<Moment> moments = moments_of(picture);
    std::map<Moment, std::int64_t> ranks;
    for (const Moment& moment : moments) ranks.emplace(moment, 0);
    if (ranks.empty()) return {};
    TimeColumns result;
    const std::int64_t first = ranks.begin()->first.first;
    const std::int64_t span = std::max<std::int64_t>(1, ranks.rbegin()->first.first - first);
    std::int64_t next = 0;
    for (auto& [moment, column] : ranks) {
        column = ranks.size() <= kMomentsMax
                     ? next++
                     : (moment.first - first) * static_cast<std::int64_t>(kMomentsMax) / span;
        if (result.begins.empty() || (result.begins.back().first != column &&
                                      result.begins.back().second.seconds != moment.first))
            result.begins.emplace_back(column, Time{moment.first});
    }
    for (const Moment& moment : moments) result.columns.push_back(ranks.at(moment));
    return result;
}

}  // namespace wagetrail::report
