// What one attempt to walk has found, in ids of the database, and how it becomes an answer.
#pragma once

#include "heuristics/trace/holding.h"
#include "heuristics/trace/walk.h"

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
    /// Value goes from one side of a transaction into the other: forward from inputs into outputs.
    struct TakenApart {
        TxId tx;
        std::vector<OutId> from;
        std::vector<std::vector<Lot>> from_lots;  // empty: untainted
        std::vector<OutId> into;
        std::vector<std::vector<Lot>> into_lots;
        std::vector<Lot> fee_lots;
    };

    std::vector<Ended> ended;
    std::vector<Reached> reached;
    std::vector<Amount> fees;  // by source
    std::vector<TakenApart> steps;
    CarriedCoins coins;  // every coin with value of payouts in it, for paths
    std::uint64_t transactions = 0;
};

/// Cites what was found: positions, paths, sums. CHECKs that the sums hold if the policy conserves;
/// of another they stay zero.
[[nodiscard]] Expected<Trace> answer_of(const index::LedgerView& view,
                                        std::span<const OutId> payouts,
                                        const WalkMethod& method,
                                        Findings findings,
                                        std::stop_token stop);

}  // namespace wagetrail
