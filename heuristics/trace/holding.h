// The value of payouts in a coin during a walk, and the way by which most of it came.
#pragma once

#include "chain/base/ids.h"

#include "heuristics/trace/policy/policy.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace wagetrail {

/// Of one payout in one coin.
struct Holding {
    SourceId source;
    Amount amount;
    std::uint32_t hops = 0;  // transactions on the way, the payout included
    Amount carried;          // what came by the way; the rest came by others
    std::optional<OutId> parent =
        std::nullopt;  // the coin before this on the way; none: the payout
};

struct CarriedCoin {
    std::vector<Lot> lots;          // in the policy's order; sum to the coin's amount
    std::vector<Holding> holdings;  // by source

    [[nodiscard]] const Holding* holding(SourceId source) const;
};

using CarriedCoins = std::unordered_map<OutId, CarriedCoin>;

/// All lots that go into a transaction, and which of its inputs each comes from.
struct Pool {
    std::vector<Lot> lots;
    std::vector<std::size_t> input_of_lot;  // index into inputs; means nothing of untainted lots
    std::vector<OutId> inputs;              // those with value of payouts in them, in order

    void add(OutId out, const CarriedCoin& coin);
    void add_untainted(Amount amount);
    /// Makes one lot of all untainted ones, at the end.
    void gather_untainted();
};

/// What an output holds that got these shares of the pool. The way of a payout's value goes through
/// the input that brings most along its own way, the earlier one in a tie.
[[nodiscard]] CarriedCoin carried_by(Policy policy,
                                     const Pool& pool,
                                     std::span<const Share> shares,
                                     const CarriedCoins& coins);

/// Leaves only these of the coin's holdings; the value of the others counts as untainted from here.
void keep_only(Policy policy, CarriedCoin& coin, std::vector<Holding> holdings);

}  // namespace wagetrail
