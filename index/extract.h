// From a resolved block to its rows: pure, deterministic, the same on every path that fills an
// index.
#pragma once

#include "index/resolved_block.h"

namespace wagetrail::index {

struct BlockRows {
    Batch batch;
    std::vector<std::pair<AddrId, Totals>> totals_after;  // of every address touched, by id
};

/// Every observed row of one block, `source_pos` and the tip row of `meta` included. corrupt when
/// an amount contradicts itself (a transaction pays more than it spends, a total overflows).
[[nodiscard]] Expected<BlockRows> extract(const ResolvedBlock& resolved);

/// First free ids after the block.
[[nodiscard]] NextIds next_ids(const ResolvedBlock& resolved);

}  // namespace wagetrail::index
