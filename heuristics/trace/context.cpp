#include "heuristics/trace/context.h"

namespace wagetrail {
namespace {

Expected<std::optional<StopCause>> possible_service(const index::LedgerView& view,
                                                    Clusters& clusters,
                                                    const ServiceLimits& limits,
                                                    AddrId address) {
    const std::uint64_t size = TRY(clusters.entity(ClusterLevel::l1, address)).size;
    if (size > limits.cluster_addresses_max)
        return std::optional(StopCause{StopReason::possible_service,
                                       "a cluster of " + std::to_string(size) + " addresses"});
    const std::uint64_t transactions = TRY(view.totals(address)).tx_count;
    if (transactions > limits.address_transactions_max)
        return std::optional(
            StopCause{StopReason::possible_service,
                      "an address with " + std::to_string(transactions) + " transactions"});
    return std::optional<StopCause>();
}

Expected<std::optional<StopCause>> coinjoin(Clusters& clusters, TxId tx) {
    const TxClass tx_class = TRY(clusters.class_of(tx));
    if (!is_coinjoin(tx_class)) return std::optional<StopCause>();
    return std::optional(StopCause{StopReason::coinjoin, std::string(name(tx_class))});
}

}  // namespace

WalkContext walk_context(const index::LedgerView& view,
                         Clusters& clusters,
                         Targets* targets,
                         Services* services,
                         const ServiceLimits& limits) {
    WalkContext context;
    if (targets != nullptr)
        context.is_target = [targets](AddrId address) -> Expected<bool> {
            return !TRY(targets->find(address)).empty();
        };
    context.service = [&view, &clusters, services,
                       limits](AddrId address) -> Expected<std::optional<StopCause>> {
        if (services != nullptr)
            if (auto label = TRY(services->label_of(address)))
                return std::optional(StopCause{StopReason::service, *std::move(label)});
        return possible_service(view, clusters, limits, address);
    };
    context.mixing = [&clusters](TxId tx) { return coinjoin(clusters, tx); };
    return context;
}

}  // namespace wagetrail
