// A simulated chain in memory, with its truth.
#pragma once

#include "chain/bitcoin/block.h"

#include "tests/simulator/scenario.h"

#include <catch2/catch.hpp>

namespace wagetrail::simulator {

struct SimulatedChain {
    Truth truth;
    std::vector<Bytes> blocks;  // by height
};

[[nodiscard]] inline SimulatedChain simulated(LedgerId ledger,
                                              std::uint64_t seed,
                                              std::uint32_t blocks) {
    SimulatedChain chain;
    const auto set = parameters_for(ledger, seed, blocks);
    REQUIRE(set.has_value());
    chain.truth = simulate(*set, [&](ByteView raw) { chain.blocks.push_back(to_bytes(raw)); });
    return chain;
}

}  // namespace wagetrail::simulator
