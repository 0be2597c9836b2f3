// The value of payouts in a coin during a walk, and the way by which most of it came.
#pragma once

#include "chain/base/ids.h"

#include "heuristics/trace/policy/policy.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wagetrail {

/// A way by which value of a payout came into a coin, link by link.
struct Way {
    std::uint32_t hops = 0;                      // transactions on the way, the payout included
    Amount carried;                              // what came by it; the rest came by others
    Amount narrowest;                            // the least value of the payout in any step of it
    std::optional<OutId> parent = std::nullopt;  // the coin before this; none: the payout
    std::uint32_t parent_way = 0;                // which of its ways
};

/// What makes a way better than another: more carried, a wider narrowest step, or fewer hops. Then
/// more carried, and at last the earlier input.
enum class WayRank : std::uint8_t { value, bottleneck, hops };
[[nodiscard]] std::string_view name(WayRank rank);
[[nodiscard]] std::optional<WayRank> parse_way_rank(std::string_view word);

struct WayChoice {
    WayRank rank = WayRank::value;
    std::size_t kept = 1;  // of each payout in each coin: the best
};
[[nodiscard]] bool better(WayRank rank, const Way& a, const Way& b);

/// Of one payout in one coin.
struct Holding {
    SourceId source;
    Amount amount;
    Way way;                  // the best
    std::vector<Way> others;  // the next ones, best first; no more than were asked for

    [[nodiscard]] const Way& way_at(std::size_t index) const {
        return index == 0 ? way : others[index - 1];
    }
    [[nodiscard]] std::size_t ways() const { return others.size() + 1; }
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

/// What an output holds that got these shares of the pool.
[[nodiscard]] CarriedCoin carried_by(Policy policy,
                                     const Pool& pool,
                                     std::span<const Share> shares,
                                     const CarriedCoins& coins,
                                     const WayChoice& choice);

/// Under poison: whatever is in any of these inputs is in the whole of an output of this amount.
[[nodiscard]] CarriedCoin poisoned_by(std::span<const OutId> inputs,
                                      Amount amount,
                                      const CarriedCoins& coins,
                                      const WayChoice& choice);

/// Leaves only these of the coin's holdings; the value of the others counts as untainted from here.
void keep_only(Policy policy, CarriedCoin& coin, std::vector<Holding> holdings);

}  // namespace wagetrail
