// Chains of any size without signatures, for measuring: blocks, ids, Merkle roots, outputs spent,
// amounts, scripts and revealed keys are as on a real chain, only the signatures are chance.
// Written block by block in bounded memory; parameters decide every byte.
//
// Blocks 1 to 100 only pay their miners, block 101 spreads the first coins, payments follow.
#pragma once

#include "tests/simulator/shape/shape_summary.h"

#include <functional>

namespace wagetrail::simulator {

struct ShapeParameters {
    LedgerId ledger = LedgerId::ltc_regtest;
    std::uint64_t seed = 1;
    // One of the two says when to stop: so many blocks on genesis, or the block with which the
    // block files reach that size (and the busy address has all its payments).
    std::optional<std::uint32_t> blocks;
    std::optional<std::uint64_t> bytes;
    std::uint32_t block_payments = 2500;  // on average
    std::uint64_t busy_transactions = 0;  // of one address; 0: there is none
};

/// invalid, with the reason, for parameters that cannot be met.
[[nodiscard]] Expected<void> check(const ShapeParameters& parameters);
/// The same errors; otherwise hands genesis and every block to the sink.
[[nodiscard]] Expected<ShapeSummary> write_shape_chain(const ShapeParameters& parameters,
                                                       const std::function<void(ByteView)>& sink);

}  // namespace wagetrail::simulator
