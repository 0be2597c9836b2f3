// Outputs that carried value of payouts, each once, with what every policy says of it.
#pragma once

#include "heuristics/report/flow.h"
#include "heuristics/report/picture/picture.h"
#include "heuristics/report/trace_report.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace wagetrail::report {

struct Passage {
    OutPoint at;
    std::string address;
    Amount whole;
    std::optional<TxPosition> maker;  // a transaction of the flow that made it
    std::optional<TxPosition> user;   // one that spent it
    /// Where the flow begins or ends with it; its column means nothing.
    std::optional<FlowNode> place;
    Shares shares;
};

/// A transaction that made payouts.
struct PayoutTx {
    TxPosition tx;
    Amount amount;  // of them all
};

struct Passages {
    std::vector<Passage> all;          // in the order in which the walks came to them
    std::vector<PayoutTx> payout_txs;  // forward; in chain order of their first payouts
};

[[nodiscard]] Passages passages_of(std::span<const PolicyTrace> traces);

}  // namespace wagetrail::report
