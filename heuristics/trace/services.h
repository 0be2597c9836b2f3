// Addresses that somebody labelled as an exchange, mixer or other service, where value mixes with
// that of others off the chain and a walk has to stop. A label reaches as far as the co-spend
// wallet around its address. Borrows clusters.
#pragma once

#include "chain/address.h"

#include "index/labels/category.h"
#include "index/labels/label_view.h"

#include "heuristics/clusters.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace wagetrail {

class Services {
  public:
    explicit Services(Clusters& clusters) : clusters_(&clusters) {}

    /// A table with a header line: columns address, name, category (any order and case, others are
    /// ignored) and ledger; rows of other ledgers are left out. Addresses that the ledger has not
    /// seen are no error. invalid, with the line, for a malformed row.
    [[nodiscard]] static Expected<Services> of_table(const index::LedgerView& view,
                                                     Clusters& clusters,
                                                     std::string_view csv);

    /// Adds every label of a category whose value mixes. Those of addresses that the ledger has not
    /// seen, or that are of another, are left out.
    [[nodiscard]] Expected<void> add(const index::LedgerView& view,
                                     const labels::LabelView& labels);
    [[nodiscard]] bool empty() const { return labels_.empty(); }
    /// Of the table alone, in its order, whether the ledger has seen them or not. A row without a
    /// category is a service.
    [[nodiscard]] std::vector<Address> addresses_of(labels::Category category) const;

    /// "exchange: Acme"; nullopt when nobody labelled it.
    [[nodiscard]] Expected<std::optional<std::string>> label_of(AddrId address);

  private:
    Clusters* clusters_;
    std::unordered_map<AddrId, std::string> labels_;  // by L1 root; the first row wins
    std::vector<std::pair<labels::Category, Address>> rows_;
};

}  // namespace wagetrail
