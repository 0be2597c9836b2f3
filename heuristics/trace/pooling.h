// What goes into a transaction of a walk: the lots of the coins that carry value of payouts, and
// the rest of that side as untainted ones.
#pragma once

#include "index/view.h"

#include "heuristics/trace/holding.h"

#include <span>
#include <vector>

namespace wagetrail {

/// One side of a transaction. The fee is an output that nobody holds.
using Side = std::vector<index::OutputRecord>;

/// Forward: of the inputs. corrupt when they cannot sum to outputs and fee. Untainted inputs that
/// stand beside each other are one lot.
[[nodiscard]] Expected<Pool> pool_of_inputs(const index::LedgerView& view,
                                            const index::TxPlace& tx,
                                            std::span<const OutId> inputs,
                                            const Side& outputs,
                                            const CarriedCoins& coins,
                                            Policy policy);

/// Backward: of the outputs and the fee; corrupt as above.
[[nodiscard]] Expected<Pool> pool_of_outputs(const index::LedgerView& view,
                                             const index::TxPlace& tx,
                                             const Side& outputs,
                                             const Side& inputs,
                                             const CarriedCoins& coins,
                                             Policy policy);

}  // namespace wagetrail
