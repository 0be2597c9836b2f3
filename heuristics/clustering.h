// Writes the evidence graph: the derivation that turns each block into `tx_class` and `cluster`
// rows. What it emits is a function of the chain up to the block alone, whatever was cached.
#pragma once

#include "chain/ledger.h"

#include "index/derive.h"

#include <cstdint>
#include <memory>

namespace wagetrail {

/// Version of the rules whose rows a database holds (HEURISTICS.md). Raised when a rule changes.
inline constexpr std::string_view kClusteringVersion = "clusters-2";

/// Of the memory for a sync, what goes to grouping addresses; the rest goes to the index.
inline constexpr std::uint64_t kClusteringShare = 4;

/// Keeps recent roots and keys in memory. Not thread-safe: one per sync.
class Clustering {
  public:
    /// memory_bytes bounds what it keeps; more of it saves time and changes nothing else.
    explicit Clustering(LedgerId ledger, std::uint64_t memory_bytes = std::uint64_t{32} << 20U);
    Clustering(const Clustering&) = delete;
    Clustering& operator=(const Clustering&) = delete;
    Clustering(Clustering&&) = delete;
    Clustering& operator=(Clustering&&) = delete;
    ~Clustering();

    /// Borrows this object, which must outlive it. Blocks may come in any order that the database
    /// itself allows: after a revert, a failed write or a gap nothing cached is trusted.
    [[nodiscard]] index::Derivation derivation();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wagetrail
