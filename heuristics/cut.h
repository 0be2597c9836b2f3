// What an entity falls apart into without one of its transactions. All co-spends of its addresses
// are read again, so evidence that the union-find had no use for counts too. Key identity is no
// statement of a transaction and cannot be cut.
#pragma once

#include "heuristics/clusters.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace wagetrail {

struct CutPart {
    AddrId first;                 // names it
    std::vector<AddrId> members;  // ascending
};

struct Cut {
    Entity entity;                    // L1
    std::uint64_t addresses_cut = 0;  // that the transaction spends together
    std::uint64_t co_spends = 0;      // other transactions that join addresses of the entity
    std::vector<CutPart> parts;       // the asked address's first, then the larger, then the older
};

struct CutLimits {
    std::uint64_t addresses_max = 100'000;
    std::uint64_t transactions_max = 1'000'000;
};

/// not_found when the transaction joins no two addresses of the entity, limit when it is too large
/// to be read again, cancelled when stop is requested. Signatures are not read again: an input that
/// does not vouch for the others counts here as evidence.
[[nodiscard]] Expected<Cut> cut(const index::LedgerView& view,
                                Clusters& clusters,
                                AddrId address,
                                const index::TxRecord& edge,
                                const CutLimits& limits,
                                const std::stop_token& stop);

}  // namespace wagetrail
