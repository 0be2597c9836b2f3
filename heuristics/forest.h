// The write side of one level of the evidence graph: a union-find whose rows are in the database
// and whose recent part is in memory. Union by size; of equal trees the root with the smaller id
// wins. Borrows the state before the block between begin() and end().
#pragma once

#include "heuristics/evidence.h"

#include <optional>
#include <unordered_map>

namespace wagetrail {

class Forest {
  public:
    Forest(ClusterLevel level, std::size_t cache_entries)
        : level_(level), cache_entries_(cache_entries) {}

    /// first_new: addresses from here on are not in the database yet. The merges of the last block
    /// may not be in `before` either.
    void begin(const index::ReadHandle& before, AddrId first_new);
    void end();
    /// Nothing in memory is true any more (a revert, a batch that was not written).
    void forget();

    /// Joins the trees of a and b, if they are two, by rows added to the batch. Transactions come
    /// in chain order.
    [[nodiscard]] Expected<void> unite(
        AddrId a, AddrId b, MergeRule rule, TxId tx, index::Batch& batch);

  private:
    struct Head {
        std::uint64_t size = 1;
        AddrId smallest;
    };
    [[nodiscard]] Expected<AddrId> parent(AddrId node);
    [[nodiscard]] Expected<AddrId> root(AddrId node);
    [[nodiscard]] Expected<Head> head(AddrId root);
    [[nodiscard]] MergePosition next_position(TxId tx);
    void make_room();

    ClusterLevel level_;
    std::size_t cache_entries_;
    // Also the only place that knows the merges of the last two blocks; trimmed between blocks.
    std::unordered_map<AddrId, AddrId> up_;  // to an ancestor; a root to itself
    std::unordered_map<AddrId, Head> heads_;
    std::vector<AddrId> changed_;  // children and parents of the last block's merges

    std::optional<index::ReadHandle> before_;
    std::optional<index::Cursor> rows_;  // opened on first use in a block
    AddrId first_new_;
    MergePosition next_;
};

}  // namespace wagetrail
