// Blocks of a view as their source keeps them, for what the index does not hold: scripts, keys,
// signatures, and the bytes that evidence is made of.
#pragma once

#include "chain/source/block_reader.h"

#include "index/view.h"

#include <deque>

namespace wagetrail::index {

/// Remembers the blocks read last. Not thread-safe.
class RawBlocks {
  public:
    explicit RawBlocks(BlockReader reader) : reader_(std::move(reader)) {}

    /// Proven: its hash is that of the view's block. Valid until the next call of anything here.
    [[nodiscard]] Expected<const Block*> block(const LedgerView& view, Height height);
    /// corrupt: the block has another transaction there. Valid as block is.
    [[nodiscard]] Expected<const Transaction*> transaction(const LedgerView& view,
                                                           const TxRecord& tx);

  private:
    static constexpr std::size_t kKept = 8;

    BlockReader reader_;
    std::deque<Block> kept_;  // newest last
};

}  // namespace wagetrail::index
