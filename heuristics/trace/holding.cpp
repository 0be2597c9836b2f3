#include "heuristics/trace/holding.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace wagetrail {
namespace {

constexpr std::array kRanks{
    std::pair{WayRank::value, std::string_view("value")},
    std::pair{WayRank::bottleneck, std::string_view("bottleneck")},
    std::pair{WayRank::hops, std::string_view("hops")},
};

/// The holding of a source among those sorted by source; new at the end when it is not there.
Holding& of_source(std::vector<Holding>& holdings, SourceId source) {
    if (holdings.empty() || holdings.back().source != source)
        holdings.push_back({.source = source, .amount = Amount(), .way = {}, .others = {}});
    return holdings.back();
}

/// Ways come by input, then best first: of equals the earlier one stays in front.
void offer(Holding& holding, const WayChoice& choice, Way way) {
    if (!holding.way.parent) {
        holding.way = way;
        return;
    }
    if (better(choice.rank, way, holding.way)) std::swap(way, holding.way);
    if (choice.kept == 1) return;
    const auto place =
        std::upper_bound(holding.others.begin(), holding.others.end(), way,
                         [&](const Way& a, const Way& b) { return better(choice.rank, a, b); });
    holding.others.insert(place, way);
    if (holding.others.size() >= choice.kept) holding.others.pop_back();
}

}  // namespace

std::string_view name(WayRank rank) {
    for (const auto& [one, word] : kRanks)
        if (one == rank) return word;
    CHECK(false);
}

std::optional<WayRank> parse_way_rank(std::string_view word) {
    for (const auto& [rank, known] : kRanks)
        if (known == word) return rank;
    return std::nullopt;
}

bool better(WayRank rank, const Way& a, const Way& b) {
    if (rank == WayRank::bottleneck && a.narrowest != b.narrowest) return a.narrowest > b.narrowest;
    if (rank == WayRank::hops && a.hops != b.hops) return a.hops < b.hops;
    return a.carried > b.carried;
}

const Holding* CarriedCoin::holding(SourceId source) const {
    const auto found =
        std::lower_bound(holdings.begin(), holdings.end(), source,
                         [](const Holding& one, SourceId wanted) { return one.source < wanted; });
    return found != holdings.end() && found->source == source ? &*found : nullptr;
}

void Pool::add(OutId out, const CarriedCoin& coin) {
    for (const Lot& lot : coin.lots) {
        lots.push_back(lot);
        input_of_lot.push_back(inputs.size());
    }
    inputs.push_back(out);
}

void Pool::add_untainted(Amount amount) {
    if (amount.is_zero()) return;
    lots.push_back({std::nullopt, Amount(), amount});
    input_of_lot.push_back(0);
}

void Pool::gather_untainted() {
    std::size_t kept = 0;
    Amount untainted;
    for (std::size_t i = 0; i < lots.size(); ++i) {
        if (!lots[i].source) {
            untainted += lots[i].quantity;
            continue;
        }
        lots[kept] = lots[i];
        input_of_lot[kept++] = input_of_lot[i];
    }
    lots.resize(kept);
    input_of_lot.resize(kept);
    add_untainted(untainted);
}

CarriedCoin carried_by(Policy policy,
                       const Pool& pool,
                       std::span<const Share> shares,
                       const CarriedCoins& coins,
                       const WayChoice& choice) {
    CarriedCoin carried{.lots = lots_of(policy, pool.lots, shares), .holdings = {}};
    std::map<std::pair<SourceId, std::size_t>, Amount> brought;  // by source, then by input
    for (const Share& share : shares) {
        const Lot& lot = pool.lots[share.lot];
        if (lot.source) brought[{*lot.source, pool.input_of_lot[share.lot]}] += share.quantity;
    }
    for (const auto& [key, amount] : brought) {
        const OutId coin = pool.inputs[key.second];
        const Holding* before = coins.at(coin).holding(key.first);
        CHECK(before != nullptr);
        Holding& holding = of_source(carried.holdings, key.first);
        holding.amount += amount;
        for (std::size_t i = 0; i < before->ways(); ++i) {
            const Way& way = before->way_at(i);
            offer(holding, choice,
                  {.hops = way.hops + 1,
                   .carried = scaled(way.carried, amount, before->amount),
                   .narrowest = std::min(way.narrowest, amount),
                   .parent = coin,
                   .parent_way = static_cast<std::uint32_t>(i)});
        }
    }
    return carried;
}

CarriedCoin poisoned_by(std::span<const OutId> inputs,
                        Amount amount,
                        const CarriedCoins& coins,
                        const WayChoice& choice) {
    std::map<SourceId, Holding> by_source;
    for (const OutId input : inputs) {
        const auto coin = coins.find(input);
        if (coin == coins.end()) continue;
        for (const Holding& before : coin->second.holdings) {
            Holding& holding = by_source[before.source];
            holding.source = before.source;
            holding.amount = amount;
            for (std::size_t i = 0; i < before.ways(); ++i)
                offer(holding, choice,
                      {.hops = before.way_at(i).hops + 1,
                       .carried = amount,
                       .narrowest = std::min(before.way_at(i).narrowest, amount),
                       .parent = input,
                       .parent_way = static_cast<std::uint32_t>(i)});
        }
    }
    CarriedCoin poisoned;
    for (auto& [source, holding] : by_source) poisoned.holdings.push_back(std::move(holding));
    return poisoned;
}

void keep_only(Policy policy, CarriedCoin& coin, std::vector<Holding> holdings) {
    const bool all = holdings.size() == coin.holdings.size();
    coin.holdings = std::move(holdings);
    if (all) return;
    coin.lots = without(policy, std::move(coin.lots),
                        [&](SourceId source) { return coin.holding(source) == nullptr; });
}

}  // namespace wagetrail
