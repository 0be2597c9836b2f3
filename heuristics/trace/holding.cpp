#include "heuristics/trace/holding.h"

#include <algorithm>
#include <map>

namespace wagetrail {

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
                       const CarriedCoins& coins) {
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
        const Amount by_way = scaled(before->carried, amount, before->amount);
        auto& holdings = carried.holdings;
        if (holdings.empty() || holdings.back().source != key.first)
            holdings.push_back({.source = key.first, .amount = Amount(), .carried = Amount()});
        Holding& holding = holdings.back();
        if (!holding.parent || by_way > holding.carried) {
            holding.hops = before->hops + 1;
            holding.carried = by_way;
            holding.parent = coin;
        }
        holding.amount += amount;
    }
    return carried;
}

void keep_only(Policy policy, CarriedCoin& coin, std::vector<Holding> holdings) {
    if (holdings.size() == coin.holdings.size()) return;
    coin.holdings = std::move(holdings);
    std::vector<Share> whole;
    whole.reserve(coin.lots.size());
    for (std::size_t i = 0; i < coin.lots.size(); ++i) {
        Lot& lot = coin.lots[i];
        if (lot.source && coin.holding(*lot.source) == nullptr)
            lot = {std::nullopt, Amount(), lot.quantity};
        whole.push_back({i, lot.basis, lot.quantity});
    }
    coin.lots = lots_of(policy, coin.lots, whole);
}

}  // namespace wagetrail
