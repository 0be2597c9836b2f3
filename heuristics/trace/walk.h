// Follows the value of payouts through the chain: forward to where it went, or backward to where it
// came from. Transactions are taken in chain order (backward: against it), each once, after all
// from which value of a payout comes to it; a policy says what its outputs are made of (backward:
// what its inputs became). Needs nothing but the view and what is said of its places: same
// arguments, same Trace.
#pragma once

#include "heuristics/trace/holding.h"
#include "heuristics/trace/places.h"
#include "heuristics/trace/trace.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>

namespace wagetrail {

struct WalkLimits {
    std::optional<std::uint32_t> max_hops;       // of Arrival::hops
    Amount min_value;                            // of one payout's value in one output
    std::optional<std::int64_t> window_seconds;  // from payout to spending, by block times
    /// Work budget. Where it would be passed the walk starts again with min_value doubled, so that
    /// late hops are not cut; Trace::value_floor names the outcome.
    std::uint64_t transactions_max = 100'000;
    std::uint64_t shares_max = 5'000'000;      // parts of lots written
    std::uint64_t path_steps_max = 1'000'000;  // of all arrivals together
};

/// Policy and direction.
struct WalkMethod {
    Policy policy = Policy::fifo;
    Direction direction = Direction::forward;
};

/// Backward only what takes a transaction apart the same way from both of its sides: fifo, lifo,
/// haircut; and poison. tainted-first and libr depend on where the taint was before.
[[nodiscard]] bool goes_backward(Policy policy);
/// invalid: the policy does not go that way; with those that do.
[[nodiscard]] Expected<void> check_method(const WalkMethod& method);

struct WalkProgress {
    std::uint64_t transactions = 0;  // taken apart in this attempt
    Height height;
    Amount value_floor;
};

struct WalkControl {
    std::stop_token stop;                               // then: cancelled
    std::function<void(const WalkProgress&)> progress;  // called per transaction; may be empty
    bool keep_steps = false;                            // fill Trace::steps
    WayChoice ways = {};                                // more than one: fill Arrival::paths
};

/// payouts: whole outputs, each tainted in full, each named once. Backward they are followed
/// whatever is known of their own addresses. invalid when one stands twice, and for a policy that
/// does not go the direction.
[[nodiscard]] Expected<Trace> walk(Places& places,
                                   std::span<const OutId> payouts,
                                   const WalkMethod& method,
                                   const WalkLimits& limits,
                                   const WalkControl& control);

}  // namespace wagetrail
