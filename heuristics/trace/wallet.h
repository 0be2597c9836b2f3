// The addresses that count as one payer: trees of a cluster level. Tells what goes out of them from
// what goes back. Borrows view and clusters.
#pragma once

#include "heuristics/trace/subjects.h"

#include <set>
#include <span>
#include <vector>

namespace wagetrail {

class Wallet {
  public:
    Wallet(const index::LedgerView& view, Clusters& clusters, ClusterLevel level)
        : view_(view), clusters_(clusters), level_(level) {}

    /// The tree around an address.
    [[nodiscard]] Expected<void> add(AddrId address);
    [[nodiscard]] Expected<bool> owns(AddrId address);

    /// Outputs of a transaction that leave the wallet, are worth something and can be spent.
    [[nodiscard]] Expected<std::vector<OutId>> paid_by(const index::TxRecord& tx);
    /// Transactions that the wallet funds, in chain order. limit: more members than allowed.
    [[nodiscard]] Expected<std::vector<TxId>> transactions(std::uint64_t addresses_max);

  private:
    const index::LedgerView& view_;
    Clusters& clusters_;
    ClusterLevel level_;
    std::set<AddrId> roots_;
};

}  // namespace wagetrail
