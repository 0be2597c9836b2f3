// The story that wagetrail-sim tells: who lives on the chain, who works for whom, and when the
// sanctions list names whom. Ledger, seed and number of blocks decide everything.
#pragma once

#include "tests/simulator/world.h"

namespace wagetrail::simulator {

inline constexpr std::uint32_t kBlocksMax = 150'000;  // ten minutes apart they end in 2025

/// invalid: not a regtest ledger, or a number of blocks that is zero or above kBlocksMax.
[[nodiscard]] Expected<SimulationParameters> parameters_for(LedgerId ledger,
                                                            std::uint64_t seed,
                                                            std::uint32_t blocks);

/// Mines genesis and the blocks into the sink and returns what is true about them.
[[nodiscard]] Truth simulate(const SimulationParameters& parameters, World::BlockSink sink);

}  // namespace wagetrail::simulator
