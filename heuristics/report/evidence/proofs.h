// What proves the transactions of a trace without an index: their bytes, the Merkle branch to the
// header of their block, and the header. Of every transaction on the way and of every one that it
// spends, so that amounts, addresses and fees can be recomputed.
#pragma once

#include "index/raw_blocks.h"

#include "heuristics/report/json.h"
#include "heuristics/report/trace_report.h"

#include <cstddef>
#include <vector>

namespace wagetrail::report {

struct Proofs {
    Json transactions = Json::array();  // by height, then by place in the block
    Json headers = Json::array();       // by height
    std::size_t left_out = 0;           // steps beyond the budget, by then not on a path
};

/// Payouts and paths come first, then the other steps in the order of the traces. transactions_max
/// bounds what is taken of steps; what they spend comes on top. limit: not even the paths fit.
[[nodiscard]] Expected<Proofs> proofs_of(const index::LedgerView& view,
                                         index::RawBlocks& raw,
                                         const std::vector<PolicyTrace>& traces,
                                         std::size_t transactions_max);

}  // namespace wagetrail::report
