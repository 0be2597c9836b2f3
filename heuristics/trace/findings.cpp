#include "heuristics/trace/findings.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace wagetrail {
namespace {

class Citing {
  public:
    Citing(const index::LedgerView& view, const Findings& findings, std::stop_token stop)
        : view_(view), findings_(findings), stop_(std::move(stop)) {}

    Expected<Coin> coin(OutId out) {
        if (stop_.stop_requested()) return fail(ErrorCode::cancelled, "the trace was cancelled");
        const auto known = coins_.find(out);
        if (known != coins_.end()) return known->second;
        return coins_.emplace(out, TRY(coin_of(view_, out))).first->second;
    }

    Expected<Arrival> arrival(const Findings::Reached& reached) {
        const Holding& last = reached.holding;
        Arrival arrival{.source = last.source,
                        .coin = TRY(coin(reached.out)),
                        .amount = last.amount,
                        .hops = last.way.hops,
                        .path = TRY(steps(reached.out, last, last.way)),
                        .paths = {}};
        if (last.others.empty()) return arrival;
        for (std::size_t i = 0; i < last.ways(); ++i) {
            const Way& way = last.way_at(i);
            arrival.paths.push_back({.carried = way.carried,
                                     .narrowest = way.narrowest,
                                     .steps = TRY(steps(reached.out, last, way))});
        }
        return arrival;
    }

    Expected<Stop> stop(const Findings::Ended& ended) {
        Stop stop{.reason = ended.ending.reason,
                  .label = ended.ending.label,
                  .coin = TRY(coin(ended.out)),
                  .spender = std::nullopt,
                  .shares = ended.shares};
        if (ended.ending.spender) stop.spender = TRY(view_.txid(*ended.ending.spender));
        return stop;
    }

    Expected<Step> step(const Findings::TakenApart& taken, Direction direction) {
        const index::TxRecord tx = TRY(view_.tx(taken.tx));
        Step step{.tx = TRY(position_of(view_, tx)),
                  .inputs = TRY(legs(taken.from, taken.from_lots)),
                  .outputs = TRY(legs(taken.into, taken.into_lots)),
                  .fee = tx.entry.fee,
                  .fee_lots = taken.fee_lots};
        if (direction == Direction::backward) std::swap(step.inputs, step.outputs);
        if (step.fee_lots.empty() && !step.fee.is_zero())
            step.fee_lots.push_back({std::nullopt, Amount(), step.fee});
        return step;
    }

  private:
    Expected<std::vector<PathStep>> steps(OutId out, const Holding& last, const Way& last_way) {
        std::vector<PathStep> path;
        const Holding* at = &last;
        for (const Way* way = &last_way;;) {
            path.push_back(
                {.output = TRY(coin(out)), .amount = at->amount, .carried = way->carried});
            if (!way->parent) break;
            out = *way->parent;
            at = findings_.coins.at(out).holding(last.source);
            CHECK(at != nullptr);
            way = &at->way_at(way->parent_way);
        }
        std::reverse(path.begin(), path.end());
        CHECK(path.size() == last_way.hops);
        return path;
    }

    Expected<std::vector<Leg>> legs(const std::vector<OutId>& coins,
                                    const std::vector<std::vector<Lot>>& lots) {
        std::vector<Leg> all;
        for (std::size_t i = 0; i < coins.size(); ++i) all.push_back(TRY(leg(coins[i], lots[i])));
        return all;
    }

    Expected<Leg> leg(OutId out, const std::vector<Lot>& lots) {
        const Coin shown = TRY(coin(out));
        Leg leg{.at = shown.at(), .amount = shown.amount, .lots = lots, .address = shown.address};
        if (lots.empty() && !shown.amount.is_zero())
            leg.lots.push_back({std::nullopt, Amount(), shown.amount});
        return leg;
    }

    const index::LedgerView& view_;
    const Findings& findings_;
    std::stop_token stop_;
    std::unordered_map<OutId, Coin> coins_;
};

void sort(Findings& findings) {
    std::sort(findings.reached.begin(), findings.reached.end(), [](const auto& a, const auto& b) {
        return std::tie(a.holding.source, a.out) < std::tie(b.holding.source, b.out);
    });
    std::sort(findings.ended.begin(), findings.ended.end(), [](const auto& a, const auto& b) {
        return std::tie(a.out, a.ending.reason) < std::tie(b.out, b.ending.reason);
    });
}

void add_up(Trace& trace, const std::vector<Amount>& fees) {
    const auto sums = [&](SourceId source) -> Sums& {
        return trace.payouts[source.value].sums;  // raw: a source's number is its place
    };
    for (const Arrival& arrival : trace.reached) sums(arrival.source).reached += arrival.amount;
    for (const Stop& stop : trace.stopped)
        for (const SourceShare& share : stop.shares) sums(share.source).stopped += share.amount;
    for (const Stop& stop : trace.unspent)
        for (const SourceShare& share : stop.shares) sums(share.source).residual += share.amount;
    for (std::size_t i = 0; i < fees.size(); ++i) trace.payouts[i].sums.fees = fees[i];
    for (const TracedPayout& payout : trace.payouts) {
        CHECK(payout.sums.balanced());
        trace.totals += payout.sums;
    }
    CHECK(trace.totals.balanced());
}

}  // namespace

Expected<Trace> answer_of(const index::LedgerView& view,
                          std::span<const OutId> payouts,
                          const WalkMethod& method,
                          Findings findings,
                          std::stop_token stop) {
    sort(findings);
    Citing citing(view, findings, std::move(stop));
    Trace trace;
    trace.policy = method.policy;
    trace.direction = method.direction;
    trace.transactions = findings.transactions;
    for (const OutId payout : payouts) {
        const Coin coin = TRY(citing.coin(payout));
        trace.payouts.push_back({coin, {.amount = coin.amount}});
    }
    for (const auto& reached : findings.reached)
        trace.reached.push_back(TRY(citing.arrival(reached)));
    for (const auto& ended : findings.ended) {
        auto& rows = ended.ending.reason == StopReason::unspent ? trace.unspent : trace.stopped;
        rows.push_back(TRY(citing.stop(ended)));
    }
    for (const auto& step : findings.steps)
        trace.steps.push_back(TRY(citing.step(step, method.direction)));
    if (conserves(method.policy)) add_up(trace, findings.fees);
    return trace;
}

}  // namespace wagetrail
