// Finds what a block's rows need to know from before it: the outputs it spends, the ids of the
// addresses it pays, their totals. Recent ones come from memory, the rest from the database.
#pragma once

#include "chain/base/sha256.h"

#include "index/extract.h"
#include "index/recent_table.h"
#include "index/view.h"

#include <optional>

namespace wagetrail::index {

class Resolver {
  public:
    /// memory_bytes bounds the tables of recent outputs, addresses and totals.
    Resolver(const Database& database, LedgerId ledger, std::uint64_t memory_bytes);

    /// The database holds the chain up to `before` or, when the block before is still on its way
    /// there, all but that one; it is empty when that leaves nothing. corrupt, with the outpoint,
    /// when the block spends an output that does not exist.
    [[nodiscard]] Expected<ResolvedBlock> resolve(PreparedBlock prepared, NextIds first);

    /// The id of an address as of the block being resolved, its own new addresses included.
    [[nodiscard]] Expected<std::optional<AddrId>> find(const Sha256Hash& script_hash);

    /// The block is on its way to the database: remember what it made until it is there. All blocks
    /// before it are there.
    void remember(const ResolvedBlock& resolved, const BlockRows& rows);
    /// The database went back: forget everything.
    void forget();

  private:
    [[nodiscard]] Expected<LedgerView*> view();
    [[nodiscard]] Expected<void> resolve_outputs(PreparedBlock& prepared, ResolvedBlock& resolved);
    [[nodiscard]] Expected<void> resolve_inputs(ResolvedBlock& resolved);
    [[nodiscard]] Expected<SpentOutput> find_output(const OutPoint& out);
    [[nodiscard]] Expected<void> resolve_totals(ResolvedBlock& resolved);

    const Database& database_;
    LedgerId ledger_;
    RecentTable<OutPoint, SpentOutput> outputs_;
    RecentTable<Sha256Hash, AddrId> addresses_;
    RecentTable<AddrId, Totals> totals_;

    // Of the block being resolved.
    bool is_first_ = true;            // of the chain: there is nothing to look up
    std::optional<LedgerView> view_;  // opened on the first look-up that memory cannot answer
    std::unordered_map<Sha256Hash, AddrId> new_addresses_;
    std::unordered_map<OutPoint, SpentOutput> own_outputs_;
};

}  // namespace wagetrail::index
