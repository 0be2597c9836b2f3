// Reads payments for the change rules from a view. Costs a handful of look-ups per input and
// output. Borrows the view and the clusters; not thread-safe, like them.
#pragma once

#include "index/prices/price_series.h"
#include "index/view.h"

#include "heuristics/change/payment.h"
#include "heuristics/clusters.h"

namespace wagetrail {

class PaymentReader {
  public:
    /// prices: nullptr for none; then round_fiat abstains.
    PaymentReader(const index::LedgerView& view,
                  Clusters& clusters,
                  const prices::PriceSeries* prices)
        : view_(&view), clusters_(&clusters), prices_(prices) {}

    /// Everything the rules look at.
    [[nodiscard]] Expected<Payment> read(const index::TxRecord& tx);
    /// Without what happened to the outputs, whether their addresses are new, and the price: a
    /// third of the cost. Complete with add_fates().
    [[nodiscard]] Expected<Payment> read_sides(const index::TxRecord& tx);
    [[nodiscard]] Expected<void> add_fates(const index::TxRecord& tx, Payment& payment);

  private:
    [[nodiscard]] Expected<void> add_address_facts(TxId tx, PaymentOutput& out);

    const index::LedgerView* view_;
    Clusters* clusters_;
    const prices::PriceSeries* prices_;
};

}  // namespace wagetrail
