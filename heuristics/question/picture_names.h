// Who the nodes of a picture are: names addresses by their holders, and gathers what lists and
// labels say of every address that was named.
#pragma once

#include "index/lists/list_view.h"

#include "heuristics/clusters.h"
#include "heuristics/report/picture/picture_answer.h"
#include "heuristics/report/picture/traced_picture.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace wagetrail::question {

/// What facts come from; borrowed.
struct FactSources {
    const labels::LabelView* labels = nullptr;
    const lists::ListView* lists = nullptr;
};

class HolderNames {
  public:
    /// nullopt: addresses hold for themselves.
    HolderNames(const index::LedgerView& view,
                Clusters& clusters,
                std::optional<ClusterLevel> level)
        : view_(view), clusters_(clusters), level_(level) {}

    [[nodiscard]] Expected<report::Holder> holder(const std::string& address);
    [[nodiscard]] Expected<report::Holder> holder(AddrId address);
    /// The address that put the most into a transaction; empty: a coinbase.
    [[nodiscard]] Expected<std::string> payer(const TxPosition& tx) const;
    [[nodiscard]] Expected<report::NodeFacts> facts(const report::PictureNode& node,
                                                    const FactSources& sources);

  private:
    const index::LedgerView& view_;
    Clusters& clusters_;
    std::optional<ClusterLevel> level_;
    std::map<std::string, std::set<Address>> met_;  // by holder
};

}  // namespace wagetrail::question
