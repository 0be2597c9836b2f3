// The context of a walk from labels and our own heuristics: labelled services, CoinJoins by shape,
// unlabelled clusters that are too large or too busy for one person, and the targets. Borrows
// everything it is given.
#pragma once

#include "heuristics/clusters.h"
#include "heuristics/trace/places.h"
#include "heuristics/trace/services.h"
#include "heuristics/trace/targets.h"

#include <cstdint>

namespace wagetrail {

/// Beyond one of these an unlabelled address is a possible service.
struct ServiceLimits {
    std::uint64_t cluster_addresses_max = 10'000;  // of its L1 cluster
    std::uint64_t address_transactions_max = 50'000;
};

/// targets, services: nullptr for none.
[[nodiscard]] WalkContext walk_context(const index::LedgerView& view,
                                       Clusters& clusters,
                                       Targets* targets,
                                       Services* services,
                                       const ServiceLimits& limits);

}  // namespace wagetrail
