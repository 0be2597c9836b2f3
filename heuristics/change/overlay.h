// Level L2: L1 entities joined through the change of payments, found at query time around one
// address and never stored. The answer does not depend on which of its addresses was asked, as long
// as it is complete. Borrows everything it is given; not thread-safe, like the view.
#pragma once

#include "heuristics/change/guards.h"
#include "heuristics/change/payment_reader.h"
#include "heuristics/clusters.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace wagetrail {

struct ChangeSettings {
    ChangeParameters rules;
    RuleSet voters;
    unsigned margin_min = 1;
    GuardLimits guards;
    std::uint64_t transactions_max = 200'000;  // read for one answer
    std::uint64_t addresses_max = 50'000;      // likewise
};

/// The name of the service an address belongs to; nullopt when it has none.
using LabelOf = std::function<Expected<std::optional<std::string>>(AddrId)>;

struct ChangeEntity {
    std::vector<Entity> parts;          // L1 entities, by their first address
    AddrId first;                       // address of all: it names the entity
    std::uint64_t size = 0;             // addresses
    std::vector<ChangeMerge> merges;    // between the parts, in chain order
    std::vector<RefusedMerge> refused;  // with one side in it, in chain order
    bool is_complete = true;            // false: a limit was met, there may be more
    bool is_too_large = false;          // a possible service already at L1: not looked around
};

class ChangeOverlay {
  public:
    ChangeOverlay(const index::LedgerView& view,
                  Clusters& clusters,
                  const ChangeSettings& settings,
                  const prices::PriceSeries* prices,
                  LabelOf label_of)
        : view_(view),
          clusters_(clusters),
          reader_(view, clusters, prices),
          settings_(settings),
          label_of_(std::move(label_of)) {}

    /// cancelled when stop is requested.
    [[nodiscard]] Expected<ChangeEntity> entity(AddrId address, const std::stop_token& stop);

  private:
    struct Found;
    [[nodiscard]] Expected<void> visit(const Entity& part,
                                       Found& found,
                                       const std::stop_token& stop);
    [[nodiscard]] Expected<void> consider(TxId tx, AddrId root, Found& found);
    [[nodiscard]] Expected<std::optional<ChangeCandidate>> candidate(TxId id, Found& found);
    [[nodiscard]] Expected<std::optional<Refusal>> refusal(const index::TxRecord& tx,
                                                           const Payment& payment,
                                                           const ChangeMerge& merge,
                                                           Found& found);
    [[nodiscard]] Expected<ChangeEntity> group_of(AddrId root, Found& found);
    [[nodiscard]] Expected<const ChangePart*> part(AddrId root, Found& found);

    const index::LedgerView& view_;
    Clusters& clusters_;
    PaymentReader reader_;
    ChangeSettings settings_;
    LabelOf label_of_;
};

/// The merges that lead from one part to another; nullopt when none do.
[[nodiscard]] std::optional<std::vector<ChangeMerge>> path_between(
    const std::vector<ChangeMerge>& merges, AddrId root_a, AddrId root_b);

}  // namespace wagetrail
