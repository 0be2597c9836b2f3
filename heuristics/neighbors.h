// Whom an address, or an entity, exchanged value with directly. In a transaction with several
// inputs and outputs nobody can say whose coin went where; as GraphSense does, each input is taken
// to have paid each output in proportion to its part of all inputs, rounded down to the unit. So
// the values are estimates; that a transaction joins the two is not.
#pragma once

#include "heuristics/clusters.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace wagetrail {

/// in: who paid it. out: whom it paid.
enum class NeighborSide : std::uint8_t { in, out };
[[nodiscard]] std::string_view name(NeighborSide side);

struct NeighborScope {
    NeighborSide side = NeighborSide::out;
    bool entities = false;                    // neighbours are entities (L1), not addresses
    std::uint64_t transactions_max = 10'000;  // that are taken apart, the oldest first
};

struct Neighbor {
    AddrId address;  // of an entity: the root of its tree
    std::uint64_t transactions = 0;
    Amount amount;  // an estimate
    Height first;   // of the transactions
    Height last;
};

struct Neighbors {
    std::vector<Neighbor> found;     // by value, the largest first; then by first appearance
    std::uint64_t transactions = 0;  // taken apart
    bool truncated = false;          // there are more
};

/// members: of one entity, ascending, or one address. What they paid each other is left out.
/// cancelled: stop was requested.
[[nodiscard]] Expected<Neighbors> neighbors_of(const index::LedgerView& view,
                                               const Clusters& clusters,
                                               std::span<const AddrId> members,
                                               const NeighborScope& scope,
                                               const std::stop_token& stop);

struct Link {
    index::TxRecord tx;
    Amount paid;      // by the one
    Amount received;  // by the other
};
struct Links {
    std::vector<Link> found;  // oldest first
    bool truncated = false;   // transactions_max was reached
};
/// The transactions in which one of `from` spent and one of `to` received; members of one entity
/// each, or one address.
[[nodiscard]] Expected<Links> links_between(const index::LedgerView& view,
                                            std::span<const AddrId> from,
                                            std::span<const AddrId> to,
                                            std::uint64_t transactions_max,
                                            const std::stop_token& stop);

}  // namespace wagetrail
