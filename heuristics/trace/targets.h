// Addresses a walk looks for, widened to whoever is behind them: at L0 the other forms of their
// keys, which is how far a listing reaches; at L1 their co-spend wallet. Borrows view and clusters.
#pragma once

#include "index/lists/list_view.h"

#include "heuristics/clusters.h"

#include <span>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace wagetrail {

class Targets {
  public:
    /// Addresses that the ledger has not seen are no error: other forms of their key may be there.
    [[nodiscard]] static Expected<Targets> of(const index::LedgerView& view,
                                              Clusters& clusters,
                                              ClusterLevel level,
                                              std::span<const Address> addresses);
    /// Every address with a listing in the view of the lists, at L0.
    [[nodiscard]] static Expected<Targets> listed(const index::LedgerView& view,
                                                  Clusters& clusters,
                                                  const lists::ListView& lists);

    /// Which of the addresses asked for this one stands for, ascending; empty when it is no target.
    /// Valid until the next call of anything here.
    [[nodiscard]] Expected<std::span<const Address>> find(AddrId address);
    [[nodiscard]] bool empty() const { return named_.empty(); }
    [[nodiscard]] ClusterLevel level() const { return level_; }

  private:
    Targets(Clusters& clusters, ClusterLevel level) : clusters_(&clusters), level_(level) {}
    [[nodiscard]] Expected<void> add(const index::LedgerView& view,
                                     const Address& form,
                                     const Address& named);

    Clusters* clusters_;
    ClusterLevel level_;
    /// Of an entity of few addresses, as those of a key are, all members are at hand, so that a
    /// walk need not look for the root of each address it comes to.
    [[nodiscard]] Expected<void> gather_members();

    std::unordered_map<AddrId, std::vector<Address>> named_;  // by root
    std::unordered_set<AddrId> members_;
    bool has_all_members_ = false;
};

}  // namespace wagetrail
