#include "heuristics/trace/walk.h"

#include "heuristics/trace/findings.h"
#include "heuristics/trace/places.h"

#include <algorithm>
#include <limits>
#include <set>

namespace wagetrail {
namespace {

constexpr std::uint64_t kUnitsMax = std::numeric_limits<std::uint64_t>::max();

struct Question {
    const index::LedgerView& view;
    std::span<const OutId> payouts;
    Policy policy;
    const WalkLimits& limits;
    const WalkControl& control;
};

/// One try to walk with one value floor. Used once.
class Attempt {
  public:
    Attempt(const Question& question, Places& places, Amount floor)
        : question_(question), view_(question.view), places_(places), floor_(floor) {}

    /// False: the work budget was reached.
    Expected<bool> run();
    /// The floor doubled until it makes a difference to this attempt.
    [[nodiscard]] Expected<Amount> next_floor() const;
    [[nodiscard]] Findings findings() && { return std::move(found_); }

  private:
    Expected<void> start();
    Expected<void> take_apart(TxId id);
    Expected<void> pool_in(const index::TxRecord& tx,
                           const std::vector<OutId>& inputs,
                           std::span<const Amount> outputs);
    Expected<void> arrive(const index::OutputRecord& output, CarriedCoin coin);
    Expected<void> follow(CarriedCoin coin, const index::Spend& spend);
    Expected<bool> in_window(SourceId source, TxId spender);
    void end(OutId out, std::span<const Holding> holdings, Ending ending);
    void reach(OutId out, const CarriedCoin& coin);
    void record(TxId tx, const std::vector<OutId>& inputs, const Split& parts);
    Expected<void> report_progress(Height height) const;

    const Question& question_;
    const index::LedgerView& view_;
    Places& places_;
    Amount floor_;
    Findings found_;
    std::set<OutId> payouts_;
    std::vector<Time> payout_times_;
    std::set<TxId> waiting_;  // have value of payouts in some input
    Pool pool_;               // of the transaction at hand
    std::uint64_t shares_ = 0;
    std::uint64_t path_steps_ = 0;
    Amount smallest_{kUnitsMax};  // of the holdings that were followed
    bool over_budget_ = false;
};

Expected<bool> Attempt::run() {
    TRY(start());
    while (!waiting_.empty() && !over_budget_) {
        const TxId next = *waiting_.begin();
        waiting_.erase(waiting_.begin());
        TRY(take_apart(next));
    }
    return !over_budget_;
}

Expected<Amount> Attempt::next_floor() const {
    std::uint64_t units = std::max<std::uint64_t>(floor_.units(), 1);
    do {
        if (units > kUnitsMax / 2)
            return fail(ErrorCode::limit,
                        "the work budget of the trace does not suffice for its payouts alone; "
                        "trace fewer of them, or raise the budget");
        units *= 2;
    } while (Amount(units) <= smallest_);
    return Amount(units);
}

Expected<void> Attempt::start() {
    const auto& payouts = question_.payouts;
    payouts_ = {payouts.begin(), payouts.end()};
    found_.fees.resize(payouts.size());
    for (const OutId out : payouts) payout_times_.push_back(TRY(places_.time_of(out)));
    for (std::size_t i = 0; i < payouts.size(); ++i) {
        const index::OutputRecord output = TRY(view_.output(payouts[i]));
        if (output.amount.is_zero()) continue;
        const SourceId source(static_cast<std::uint32_t>(i));
        const Holding whole{
            .source = source, .amount = output.amount, .hops = 1, .carried = output.amount};
        TRY(arrive(output, {{{source, output.amount, output.amount}}, {whole}}));
    }
    return {};
}

Expected<void> Attempt::take_apart(TxId id) {
    const index::TxRecord& tx = TRY(places_.transaction(id))->record;
    TRY(report_progress(tx.height));
    const std::vector<OutId> inputs = TRY(view_.inputs(tx));
    const std::vector<index::OutputRecord> outputs = TRY(view_.outputs(tx));
    std::vector<Amount> amounts;
    for (const index::OutputRecord& output : outputs) amounts.push_back(output.amount);
    amounts.push_back(tx.entry.fee);
    TRY(pool_in(tx, inputs, amounts));

    shares_ += shares_max(question_.policy, pool_.lots.size(), amounts.size());
    ++found_.transactions;
    if (found_.transactions > question_.limits.transactions_max ||
        shares_ > question_.limits.shares_max) {
        over_budget_ = true;
        return {};
    }
    const Split parts = split(question_.policy, pool_.lots, amounts);
    for (const Share& share : parts.back()) {
        const std::optional<SourceId>& source = pool_.lots[share.lot].source;
        if (source) found_.fees[source->value] += share.quantity;  // raw: its place
    }
    if (question_.control.keep_steps) record(id, inputs, parts);
    for (const OutId input : inputs) {  // their lots have gone on; paths need the rest
        const auto coin = found_.coins.find(input);
        if (coin != found_.coins.end()) coin->second.lots = {};
    }
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        CarriedCoin coin = carried_by(question_.policy, pool_, parts[i], found_.coins);
        if (!coin.holdings.empty()) TRY(arrive(outputs[i], std::move(coin)));
    }
    return {};
}

/// Checks on the way that the index agrees with itself, since the policy relies on it.
Expected<void> Attempt::pool_in(const index::TxRecord& tx,
                                const std::vector<OutId>& inputs,
                                std::span<const Amount> outputs) {
    pool_ = {};
    std::optional<Amount> sum{Amount()};
    for (const OutId input : inputs) {
        const auto coin = found_.coins.find(input);
        const Amount amount = TRY(view_.output(input)).amount;
        if (coin != found_.coins.end())
            pool_.add(input, coin->second);
        else
            pool_.add_untainted(amount);
        if (sum) sum = sum->plus(amount);
    }
    for (const Amount output : outputs)
        if (sum) sum = sum->minus(output);
    if (sum != Amount())
        return fail(ErrorCode::corrupt,
                    "inputs, outputs and fee of transaction " + text(tx.txid) +
                        " do not sum in the index; check it with `wagetrail doctor --deep`");
    if (!keeps_order(question_.policy)) pool_.gather_untainted();
    return {};
}

Expected<void> Attempt::arrive(const index::OutputRecord& output, CarriedCoin coin) {
    const bool is_start = !coin.holdings.front().parent.has_value();
    if (!is_start && payouts_.contains(output.id)) {
        end(output.id, coin.holdings, {StopReason::other_payout, "", std::nullopt});
        return {};
    }
    const Places::AtAddress& place = *TRY(places_.address(output.address));
    if (place.cause) {
        end(output.id, coin.holdings, {place.cause->reason, place.cause->label, std::nullopt});
        return {};
    }
    if (place.is_target) {
        reach(output.id, coin);
        return {};
    }
    const auto spend = TRY(view_.spender(output.id));
    if (!spend) {
        end(output.id, coin.holdings, {StopReason::unspent, "", std::nullopt});
        return {};
    }
    return follow(std::move(coin), *spend);
}

/// Limits hold for each payout by itself: what is said of one must not depend on which others are
/// traced with it.
Expected<void> Attempt::follow(CarriedCoin coin, const index::Spend& spend) {
    const auto& max_hops = question_.limits.max_hops;
    std::vector<Holding> small;
    std::vector<Holding> far;
    std::vector<Holding> late;
    std::vector<Holding> followed;
    for (const Holding& holding : coin.holdings) {
        if (holding.amount < floor_)
            small.push_back(holding);
        else if (max_hops && holding.hops >= *max_hops)
            far.push_back(holding);
        else if (!TRY(in_window(holding.source, spend.tx)))
            late.push_back(holding);
        else
            followed.push_back(holding);
    }
    end(spend.out, small, {StopReason::value_floor, "", spend.tx});
    end(spend.out, far, {StopReason::max_hops, "", spend.tx});
    end(spend.out, late, {StopReason::time_window, "", spend.tx});
    if (followed.empty()) return {};
    const Places::AtTransaction& spender = *TRY(places_.transaction(spend.tx));
    if (spender.cause) {
        end(spend.out, followed, {spender.cause->reason, spender.cause->label, spend.tx});
        return {};
    }
    for (const Holding& holding : followed) smallest_ = std::min(smallest_, holding.amount);
    keep_only(question_.policy, coin, std::move(followed));
    found_.coins.emplace(spend.out, std::move(coin));
    waiting_.insert(spend.tx);
    return {};
}

Expected<bool> Attempt::in_window(SourceId source, TxId spender) {
    const auto& window = question_.limits.window_seconds;
    if (!window) return true;
    const Time from = payout_times_[source.value];  // raw: its place
    return TRY(places_.transaction(spender))->time.seconds - from.seconds <= *window;
}

void Attempt::end(OutId out, std::span<const Holding> holdings, Ending ending) {
    if (holdings.empty()) return;
    std::vector<SourceShare> shares;
    for (const Holding& holding : holdings) shares.push_back({holding.source, holding.amount});
    found_.ended.push_back({out, std::move(ending), std::move(shares)});
}

void Attempt::reach(OutId out, const CarriedCoin& coin) {
    for (const Holding& holding : coin.holdings) {
        found_.reached.push_back({out, holding});
        path_steps_ += holding.hops;
    }
    if (path_steps_ > question_.limits.path_steps_max) over_budget_ = true;
}

void Attempt::record(TxId tx, const std::vector<OutId>& inputs, const Split& parts) {
    Findings::TakenApart step{.tx = tx, .inputs = inputs};
    for (const OutId input : inputs) {
        const auto coin = found_.coins.find(input);
        step.input_lots.push_back(coin == found_.coins.end() ? std::vector<Lot>()
                                                             : coin->second.lots);
    }
    for (const auto& shares : parts)
        step.output_lots.push_back(lots_of(question_.policy, pool_.lots, shares));
    step.fee_lots = std::move(step.output_lots.back());
    step.output_lots.pop_back();
    found_.steps.push_back(std::move(step));
}

Expected<void> Attempt::report_progress(Height height) const {
    const WalkControl& control = question_.control;
    if (control.stop.stop_requested()) return fail(ErrorCode::cancelled, "the trace was cancelled");
    if (control.progress)
        control.progress(
            {.transactions = found_.transactions, .height = height, .value_floor = floor_});
    return {};
}

/// No payout twice, and together not more than an Amount holds.
Expected<void> check(const index::LedgerView& view, std::span<const OutId> payouts) {
    std::set<OutId> seen;
    std::optional<Amount> sum{Amount()};
    for (const OutId payout : payouts) {
        if (!seen.insert(payout).second)
            return fail(ErrorCode::invalid, "output " + text(TRY(view.tx_of(payout)).txid) +
                                                " is named twice among the payouts; name it once");
        sum = sum->plus(TRY(view.output(payout)).amount);
        if (!sum)
            return fail(ErrorCode::limit,
                        "the payouts together are too large; trace fewer of them");
    }
    return {};
}

}  // namespace

Expected<Trace> walk(const index::LedgerView& view,
                     std::span<const OutId> payouts,
                     Policy policy,
                     const WalkContext& context,
                     const WalkLimits& limits,
                     const WalkControl& control) {
    TRY(check(view, payouts));
    const Question question{view, payouts, policy, limits, control};
    Places places(view, context);
    Amount floor = limits.min_value;
    for (std::uint32_t restarts = 0;; ++restarts) {
        Attempt attempt(question, places, floor);
        if (!TRY(attempt.run())) {
            floor = TRY(attempt.next_floor());
            continue;
        }
        Trace trace = TRY(answer_of(view, payouts, std::move(attempt).findings(), control.stop));
        trace.policy = policy;
        trace.value_floor = floor;
        trace.restarts = restarts;
        return trace;
    }
}

}  // namespace wagetrail
