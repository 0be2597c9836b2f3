// What a walk found: where the value of each payout is now, by which way it came there, and why it
// was not followed further. Every unit of every payout is in exactly one of reached, stopped,
// unspent and fees; walk() checks that before it answers.
#pragma once

#include "heuristics/trace/coin.h"
#include "heuristics/trace/policy/policy.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail {

enum class StopReason : std::uint8_t {
    unspent,           // still there as of the view
    mined,             // backward: made by its block; what its fees were is not followed
    service,           // a labelled exchange, mixer, bridge, pool; label says which
    possible_service,  // no label, but too large or too busy to be one person's; label says why
    coinjoin,          // is spent by a CoinJoin
    mweb,              // left for Litecoin's extension block
    unspendable,       // burnt
    other_payout,      // became part of another payout of this trace, which is followed from there
    max_hops,
    value_floor,
    time_window,
};
[[nodiscard]] std::string_view name(StopReason reason);

/// Whether value is followed to where it went, or back to where it came from. Backward, a "payout"
/// is an output whose value is traced to its origin, and every transaction is taken apart with its
/// sides exchanged: what its outputs hold is cut into its inputs. Its fee holds nothing.
enum class Direction : std::uint8_t { forward, backward };
[[nodiscard]] std::string_view name(Direction direction);  // "forward", "backward"

/// Part of an output that comes from one payout.
struct SourceShare {
    SourceId source;
    Amount amount;
    std::uint32_t hops = 0;  // of the best way, as Arrival::hops
};

/// One output on the way. The first is the payout itself, the last the arrival.
struct PathStep {
    Coin output;
    Amount amount;   // of the payout's value in it, by whatever way
    Amount carried;  // of that, what came by this path
};

struct Path {
    Amount carried;    // the value of the payout that came by it
    Amount narrowest;  // the least value of the payout in any step
    std::vector<PathStep> steps;
};

/// Value of one payout in one output of a target; backward, one output of a payer.
struct Arrival {
    SourceId source;
    Coin coin;
    Amount amount;
    /// Transactions from payer to target, the payout included: 1 when the payout itself pays the
    /// target. Always path.size().
    std::uint32_t hops = 0;
    /// The best way, where value came together from several (see WayRank): as a rule the one that
    /// carried most, the earlier input in a tie.
    std::vector<PathStep> path;
    std::vector<Path> paths;  // with this one, best first; empty when one was asked for
};

/// Where value was not followed further. One per output and reason.
struct Stop {
    StopReason reason = StopReason::unspent;
    std::string label;
    Coin coin;
    std::optional<Txid> spender;  // the transaction that was not followed; none: unspent, not asked
    std::vector<SourceShare> shares;  // by source

    [[nodiscard]] Amount amount() const;
};

/// amount = reached + stopped + residual + fees, to the last unit of the basis.
struct Sums {
    Amount amount;
    Amount reached;
    Amount stopped;   // every reason but unspent
    Amount residual;  // unspent
    Amount fees;

    [[nodiscard]] bool balanced() const;
    Sums& operator+=(const Sums& other);
};

struct TracedPayout {
    Coin coin;
    Sums sums;
};

/// An input or output of a step with the lots it is made of.
struct Leg {
    OutPoint at;
    Amount amount;
    std::vector<Lot> lots;  // in the policy's order; sum to amount
    Address address;

    /// Of the lots with a source.
    [[nodiscard]] Amount traced() const;
};

/// One transaction that was taken apart: enough to recompute it by hand.
struct Step {
    TxPosition tx;
    std::vector<Leg> inputs;   // in order; parts that were not followed count as untainted
    std::vector<Leg> outputs;  // in order
    Amount fee;
    std::vector<Lot> fee_lots;
};

struct Trace {
    Policy policy = Policy::fifo;  // sums hold when it conserves
    Direction direction = Direction::forward;
    std::vector<TracedPayout> payouts;  // by SourceId
    std::vector<Arrival> reached;       // by payout, then in chain order
    std::vector<Stop> stopped;          // in chain order, then by reason; without unspent
    std::vector<Stop> unspent;          // in chain order
    Sums totals;
    Amount value_floor;  // the one used: larger than asked for when the work budget was reached
    std::uint32_t restarts = 0;      // walks given up for a larger floor
    std::uint64_t transactions = 0;  // taken apart
    std::vector<Step> steps;         // in chain order; empty unless asked for
};

}  // namespace wagetrail
