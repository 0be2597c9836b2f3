// What the index adds to a class that a shape alone gave: the figures behind it, the neighbours
// that bear it out, and the rounds in which two addresses met without being joined. As of the view.
#pragma once

#include "heuristics/clusters.h"
#include "heuristics/coinjoin.h"

#include <vector>

namespace wagetrail {

[[nodiscard]] Expected<TxShape> shape_of(const index::LedgerView& view, const index::TxRecord& tx);

/// How many neighbours are of the same protocol. A mix of Whirlpool takes from mixes and Tx0s, a
/// Tx0 pays mixes; rounds of the others often take from, or pay, another round of theirs.
struct Lineage {
    std::size_t inputs_from = 0;
    std::size_t inputs = 0;
    std::size_t outputs_to = 0;
    std::size_t outputs_spent = 0;  // those that an input of the view spends
};
/// Looks at kLegsMax inputs and outputs at most.
[[nodiscard]] Expected<Lineage> lineage_of(const index::LedgerView& view,
                                           Clusters& clusters,
                                           const index::TxRecord& tx,
                                           TxClass tx_class);

struct SharedRound {
    TxId tx;
    TxClass tx_class = TxClass::ordinary;
};
struct SharedRounds {
    std::vector<SharedRound> rounds;  // in chain order
    bool complete = true;             // false: the history is longer than was looked at
};
/// CoinJoins that spend from both: why a co-spend of theirs joined nothing.
[[nodiscard]] Expected<SharedRounds> shared_rounds(const index::LedgerView& view,
                                                   Clusters& clusters,
                                                   AddrId a,
                                                   AddrId b);

}  // namespace wagetrail
