#include "heuristics/trace/labelled_wallets.h"

namespace wagetrail {

Expected<void> each_labelled_wallet(
    const index::LedgerView& view,
    Clusters& clusters,
    const labels::LabelView& labels,
    std::span<const labels::Category> categories,
    const std::function<void(AddrId root, const labels::Label& label)>& take) {
    return labels.each(categories, [&](const labels::Label& label) -> Expected<void> {
        const auto address = parse_address(view.ledger(), label.address);
        if (!address) return {};
        if (const auto id = TRY(view.find_address(*address)))
            take(TRY(clusters.root(ClusterLevel::l1, *id)), label);
        return {};
    });
}

}  // namespace wagetrail
