// Which wallets of a ledger carry a label: the co-spend wallets around the labelled addresses.
#pragma once

#include "index/labels/label_view.h"

#include "heuristics/clusters.h"

#include <functional>
#include <span>

namespace wagetrail {

/// Each label of these categories with the L1 root of its address, in the order of
/// LabelView::each. Labels of addresses that the ledger has not seen, or that are of another, are
/// left out.
[[nodiscard]] Expected<void> each_labelled_wallet(
    const index::LedgerView& view,
    Clusters& clusters,
    const labels::LabelView& labels,
    std::span<const labels::Category> categories,
    const std::function<void(AddrId root, const labels::Label& label)>& take);

}  // namespace wagetrail
