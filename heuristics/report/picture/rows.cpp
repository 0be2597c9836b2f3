#include "heuristics/report/picture/rows.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace wagetrail::report {
namespace {

constexpr int kSweeps = 4;

struct Neighbour {
    std::size_t node = 0;
    std::uint64_t weight = 0;
};

/// Whole, and never negative infinity: the quotient towards the smaller number.
std::int64_t floor_divided(std::int64_t sum, std::int64_t count) {
    const std::int64_t quotient = sum / count;
    return sum % count < 0 ? quotient - 1 : quotient;
}

/// Digits of a value: what is a thousand times as much pulls more, yet does not decide alone.
std::uint64_t weight_of(const PictureEdge& edge) {
    std::uint64_t weight = 1;
    for (std::uint64_t value = std::max(largest(edge.shares), edge.whole).units(); value > 0;
         value /= 10)
        ++weight;
    return weight;
}

class Rows {
  public:
    Rows(const Picture& picture, const std::vector<std::int64_t>& columns, std::size_t fixed)
        : columns_(columns),
          fixed_(fixed),
          rows_(picture.nodes.size(), 0),
          value_(picture.nodes.size(), 0) {
        neighbours_.resize(picture.nodes.size());
        for (const PictureEdge& edge : picture.edges) {
            neighbours_[edge.from].push_back({edge.to, weight_of(edge)});
            neighbours_[edge.to].push_back({edge.from, weight_of(edge)});
            const std::uint64_t units = std::max(largest(edge.shares), edge.whole).units();
            value_[edge.to] = std::max(value_[edge.to], units);
        }
        for (std::size_t i = 0; i < fixed; ++i) by_column_[columns[i]].push_back(i);
        for (auto& [column, nodes] : by_column_)
            std::ranges::stable_sort(nodes, std::greater(),
                                     [&](std::size_t node) { return value_[node]; });
    }

    std::vector<std::int64_t> settled() && {
        for (int sweep = 0; sweep < kSweeps; ++sweep) {
            if (sweep % 2 == 0)
                for (auto& [column, nodes] : by_column_) arrange(column, nodes, sweep);
            else
                for (auto at = by_column_.rbegin(); at != by_column_.rend(); ++at)
                    arrange(at->first, at->second, sweep);
        }
        for (std::size_t node = fixed_; node < rows_.size(); ++node) squeeze_in(node);
        return std::move(rows_);
    }

  private:
    /// The mean row of those before it (in a sweep to the right) or after it; where there are none,
    /// its own.
    [[nodiscard]] std::int64_t wished(std::size_t node, std::int64_t column, int sweep) const {
        std::int64_t sum = 0;
        std::int64_t weights = 0;
        for (const Neighbour& other : neighbours_[node]) {
            if (other.node >= fixed_) continue;
            const bool is_before = columns_[other.node] < column;
            if (columns_[other.node] == column || is_before != (sweep % 2 == 0)) continue;
            sum += rows_[other.node] * static_cast<std::int64_t>(other.weight);
            weights += static_cast<std::int64_t>(other.weight);
        }
        return weights == 0 ? rows_[node] : floor_divided(sum, weights);
    }

    /// Orders a column by what its nodes wish for, then moves them apart as little as possible.
    void arrange(std::int64_t column, std::vector<std::size_t>& nodes, int sweep) {
        std::vector<std::pair<std::int64_t, std::size_t>> wishes;
        wishes.reserve(nodes.size());
        for (const std::size_t node : nodes) wishes.emplace_back(wished(node, column, sweep), node);
        std::ranges::stable_sort(wishes, {}, [](const auto& wish) { return wish.first; });
        for (std::size_t i = 0; i < wishes.size(); ++i) nodes[i] = wishes[i].second;
        spread(wishes);
    }

    /// Pools of nodes that touch each other, each around the mean of its wishes (pool adjacent
    /// violators).
    void spread(const std::vector<std::pair<std::int64_t, std::size_t>>& wishes) {
        struct Pool {
            std::int64_t sum = 0;
            std::int64_t count = 0;
            [[nodiscard]] std::int64_t mean() const { return floor_divided(sum, count); }
        };
        std::vector<Pool> pools;
        std::int64_t shift = 0;
        for (const auto& [wish, node] : wishes) {
            pools.push_back({wish - shift, 1});
            shift += kRowStep;
            while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
                const Pool last = pools.back();
                pools.pop_back();
                pools.back().sum += last.sum;
                pools.back().count += last.count;
            }
        }
        std::size_t at = 0;
        for (const Pool& pool : pools)
            for (std::int64_t i = 0; i < pool.count; ++i, ++at)
                rows_[wishes[at].second] = pool.mean() + static_cast<std::int64_t>(at) * kRowStep;
    }

    /// The nearest room to those that it was added beside.
    void squeeze_in(std::size_t node) {
        std::int64_t wish = 0;
        std::int64_t count = 0;
        for (const Neighbour& other : neighbours_[node]) {
            if (other.node >= node) continue;  // not placed yet
            wish += rows_[other.node];
            ++count;
        }
        if (count > 0) wish = floor_divided(wish, count);
        std::vector<std::int64_t> taken;
        for (const std::size_t other : by_column_[columns_[node]]) taken.push_back(rows_[other]);
        std::ranges::sort(taken);
        rows_[node] = nearest_free(taken, wish);
        by_column_[columns_[node]].push_back(node);
    }

    static std::int64_t nearest_free(const std::vector<std::int64_t>& taken, std::int64_t wish) {
        const auto is_free = [&](std::int64_t row) {
            const auto next = std::ranges::lower_bound(taken, row - kRowStep + 1);
            return next == taken.end() || *next >= row + kRowStep;
        };
        if (is_free(wish)) return wish;
        std::optional<std::int64_t> best;
        for (const std::int64_t row : taken)
            for (const std::int64_t beside : {row + kRowStep, row - kRowStep})
                if ((!best || std::abs(beside - wish) < std::abs(*best - wish)) && is_free(beside))
                    best = beside;
        return best.value();
    }

    const std::vector<std::int64_t>& columns_;
    std::size_t fixed_;
    std::vector<std::int64_t> rows_;
    std::vector<std::uint64_t> value_;
    std::vector<std::vector<Neighbour>> neighbours_;
    std::map<std::int64_t, std::vector<std::size_t>> by_column_;
};

}  // namespace

std::vector<std::int64_t> rows_of(const Picture& picture,
                                  const std::vector<std::int64_t>& columns,
                                  std::size_t fixed) {
    return Rows(picture, columns, fixed).settled();
}

}  // namespace wagetrail::report
