// What one attempt to walk has found, in ids of the database, and how it becomes an answer.
#pragma once

#include "heuristics/trace/holding.h"
#include "heuristics/trace/trace.h"

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace wagetrail {

struct Ending {
    StopReason reason = StopReason::unspent;
    std::string label;
    std::optional<TxId> spender;
};

struct Findings {
    struct Ended {
        OutId out;
        Ending ending;
        std::vector<SourceShare> shares;
    };
    struct Reached {
        OutId out;
        Holding holding;
    };
    struct TakenApart {
        TxId tx;
        std::vector<OutId> inputs;
        std::vector<std::vector<Lot>> input_lots;  // empty: untainted
        std::vector<std::vector<Lot>> output_lots;
        std::vector<Lot> fee_lots;
    };

    std::vector<Ended> ended;
    std::vector<Reached> reached;
    std::vector<Amount> fees;  // by source
    std::vector<TakenApart> steps;
    CarriedCoins coins;  // every coin with value of payouts in it, for paths
    std::uint64_t transactions = 0;
};

/// Cites what was found: positions, paths, sums. CHECKs that the sums hold.
[[nodiscard]] Expected<Trace> answer_of(const index::LedgerView& view,
                                        std::span<const OutId> payouts,
                                        Findings findings,
                                        std::stop_token stop);

}  // namespace wagetrail
