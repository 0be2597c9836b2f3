#include "heuristics/trace/walk.h"

#include "heuristics/trace/findings.h"
#include "heuristics/trace/places.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>

namespace wagetrail {
namespace {

constexpr std::uint64_t kUnitsMax = std::numeric_limits<std::uint64_t>::max();

struct Question {
    const index::LedgerView& view;
    std::span<const OutId> payouts;
    WalkMethod method;
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
    /// One side of a transaction. The fee is an output that nobody holds.
    using Side = std::vector<index::OutputRecord>;

    [[nodiscard]] bool forward() const { return question_.method.direction == Direction::forward; }
    Expected<void> start();
    TxId take_next();
    Expected<void> take_apart(TxId id);
    Expected<Side> inputs_of(const index::TxPlace& tx) const;
    Expected<void> spread(const Side& from, const Side& into);
    Expected<void> pool_in(const index::TxPlace& tx, const Side& from, const Side& into);
    [[nodiscard]] bool spend_budget(std::uint64_t shares);
    Expected<void> arrive(const index::OutputRecord& output, CarriedCoin coin);
    Expected<void> go_on(const index::OutputRecord& output, CarriedCoin coin);
    Expected<std::optional<Ending>> no_way_on(const index::TxPlace& maker) const;
    Expected<void> follow(OutId out, CarriedCoin coin, TxId next);
    Expected<bool> in_window(SourceId source, TxId next);
    void end(OutId out, std::span<const Holding> holdings, Ending ending);
    void reach(OutId out, const CarriedCoin& coin);
    void record(TxId tx, const Side& from, const Side& into, const Split& parts);
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
    while (!waiting_.empty() && !over_budget_) TRY(take_apart(take_next()));
    return !over_budget_;
}

/// After it nothing comes to it any more: value only goes to later transactions, or to earlier.
TxId Attempt::take_next() {
    const auto next = forward() ? waiting_.begin() : std::prev(waiting_.end());
    const TxId id = *next;
    waiting_.erase(next);
    return id;
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
        const Way whole{.hops = 1, .carried = output.amount, .narrowest = output.amount};
        CarriedCoin coin{.lots = {{source, output.amount, output.amount}},
                         .holdings = {{source, output.amount, whole, {}}}};
        TRY(forward() ? arrive(output, std::move(coin)) : go_on(output, std::move(coin)));
    }
    return {};
}

Expected<void> Attempt::take_apart(TxId id) {
    const index::TxPlace& tx = TRY(places_.transaction(id))->place;
    TRY(report_progress(tx.height));
    const Side inputs = TRY(inputs_of(tx));
    const Side outputs = TRY(view_.outputs(tx));
    const Side& from = forward() ? inputs : outputs;
    const Side& into = forward() ? outputs : inputs;
    ++found_.transactions;
    if (!conserves(question_.method.policy)) return spread(from, into);

    TRY(pool_in(tx, from, into));
    std::vector<Amount> amounts;
    for (const index::OutputRecord& coin : into) amounts.push_back(coin.amount);
    if (forward()) amounts.push_back(tx.entry.fee);
    const Policy policy = question_.method.policy;
    if (!spend_budget(shares_max(policy, pool_.lots.size(), amounts.size()))) return {};
    const Split parts = split(policy, pool_.lots, amounts);
    if (forward())
        for (const Share& share : parts.back()) {
            const std::optional<SourceId>& source = pool_.lots[share.lot].source;
            if (source) found_.fees[source->value] += share.quantity;  // raw: its place
        }
    if (question_.control.keep_steps) record(id, from, into, parts);
    for (const index::OutputRecord& coin : from) {  // lots have gone on; paths need the rest
        const auto carried = found_.coins.find(coin.id);
        if (carried != found_.coins.end()) carried->second.lots = {};
    }
    for (std::size_t i = 0; i < into.size(); ++i) {
        CarriedCoin coin =
            carried_by(policy, pool_, parts[i], found_.coins, question_.control.ways);
        if (!coin.holdings.empty()) TRY(arrive(into[i], std::move(coin)));
    }
    return {};
}

Expected<Attempt::Side> Attempt::inputs_of(const index::TxPlace& tx) const {
    Side inputs;
    for (const OutId spent : TRY(view_.inputs(tx))) inputs.push_back(TRY(view_.output(spent)));
    return inputs;
}

/// Poison: all of one side goes into the whole of each coin of the other.
Expected<void> Attempt::spread(const Side& from, const Side& into) {
    std::vector<OutId> sources;
    std::uint64_t holdings = 0;
    for (const index::OutputRecord& coin : from) {
        const auto carried = found_.coins.find(coin.id);
        if (carried == found_.coins.end()) continue;
        sources.push_back(coin.id);
        holdings += carried->second.holdings.size();
    }
    if (!spend_budget(holdings * into.size())) return {};
    for (const index::OutputRecord& coin : into)
        if (!coin.amount.is_zero())
            TRY(arrive(coin,
                       poisoned_by(sources, coin.amount, found_.coins, question_.control.ways)));
    return {};
}

/// False: there is not enough left of it.
bool Attempt::spend_budget(std::uint64_t shares) {
    shares_ += shares;
    over_budget_ = found_.transactions > question_.limits.transactions_max ||
                   shares_ > question_.limits.shares_max;
    return !over_budget_;
}

/// Checks on the way that the index agrees with itself, since the policy relies on it.
Expected<void> Attempt::pool_in(const index::TxPlace& tx, const Side& from, const Side& into) {
    pool_ = {};
    std::optional<Amount> sum{Amount()};
    for (const index::OutputRecord& one : from) {
        const auto coin = found_.coins.find(one.id);
        if (coin != found_.coins.end())
            pool_.add(one.id, coin->second);
        else
            pool_.add_untainted(one.amount);
        if (sum) sum = sum->plus(one.amount);
    }
    if (!forward()) {
        pool_.add_untainted(tx.entry.fee);
        if (sum) sum = sum->plus(tx.entry.fee);
    }
    for (const index::OutputRecord& one : into)
        if (sum) sum = sum->minus(one.amount);
    if (forward() && sum) sum = sum->minus(tx.entry.fee);
    if (sum != Amount())
        return fail(ErrorCode::corrupt,
                    "inputs, outputs and fee of transaction " + text(TRY(view_.txid(tx.id))) +
                        " do not sum in the index; check it with `wagetrail doctor --deep`");
    if (!keeps_order(question_.method.policy)) pool_.gather_untainted();
    return {};
}

Expected<void> Attempt::arrive(const index::OutputRecord& output, CarriedCoin coin) {
    const bool is_start = !coin.holdings.front().way.parent.has_value();
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
    return go_on(output, std::move(coin));
}

Expected<void> Attempt::go_on(const index::OutputRecord& output, CarriedCoin coin) {
    if (forward()) {
        const auto spend = TRY(view_.spender(output.id));
        if (spend) return follow(output.id, std::move(coin), spend->tx);
        end(output.id, coin.holdings, {StopReason::unspent, "", std::nullopt});
        return {};
    }
    const index::TxPlace maker = TRY(view_.place_of(output.id));
    if (auto ending = TRY(no_way_on(maker))) {
        end(output.id, coin.holdings, *std::move(ending));
        return {};
    }
    return follow(output.id, std::move(coin), maker.id);
}

/// Backward: what was made out of nothing, or of value that the chain does not show.
Expected<std::optional<Ending>> Attempt::no_way_on(const index::TxPlace& maker) const {
    if (maker.entry.flags.is_coinbase)
        return std::optional(Ending{StopReason::mined, "", maker.id});
    if (maker.entry.flags.is_hogex) return std::optional(Ending{StopReason::mweb, "", maker.id});
    return std::optional<Ending>();
}

/// Limits hold for each payout by itself: what is said of one must not depend on which others are
/// traced with it.
Expected<void> Attempt::follow(OutId out, CarriedCoin coin, TxId next) {
    const auto& max_hops = question_.limits.max_hops;
    std::vector<Holding> small;
    std::vector<Holding> far;
    std::vector<Holding> late;
    std::vector<Holding> followed;
    for (Holding& holding : coin.holdings) {
        if (holding.amount < floor_)
            small.push_back(std::move(holding));
        else if (max_hops && holding.way.hops >= *max_hops)
            far.push_back(std::move(holding));
        else if (!TRY(in_window(holding.source, next)))
            late.push_back(std::move(holding));
        else
            followed.push_back(std::move(holding));
    }
    end(out, small, {StopReason::value_floor, "", next});
    end(out, far, {StopReason::max_hops, "", next});
    end(out, late, {StopReason::time_window, "", next});
    if (followed.empty()) return {};
    const Places::AtTransaction& place = *TRY(places_.transaction(next));
    if (place.cause) {
        end(out, followed, {place.cause->reason, place.cause->label, next});
        return {};
    }
    for (const Holding& holding : followed) smallest_ = std::min(smallest_, holding.amount);
    keep_only(question_.method.policy, coin, std::move(followed));
    found_.coins.emplace(out, std::move(coin));
    waiting_.insert(next);
    return {};
}

Expected<bool> Attempt::in_window(SourceId source, TxId next) {
    const auto& window = question_.limits.window_seconds;
    if (!window) return true;
    const Time from = payout_times_[source.value];  // raw: its place
    const std::int64_t passed = TRY(places_.transaction(next))->time.seconds - from.seconds;
    return (forward() ? passed : -passed) <= *window;
}

void Attempt::end(OutId out, std::span<const Holding> holdings, Ending ending) {
    if (holdings.empty()) return;
    std::vector<SourceShare> shares;
    for (const Holding& holding : holdings)
        shares.push_back({holding.source, holding.amount, holding.way.hops});
    found_.ended.push_back({out, std::move(ending), std::move(shares)});
}

void Attempt::reach(OutId out, const CarriedCoin& coin) {
    for (const Holding& holding : coin.holdings) {
        found_.reached.push_back({out, holding});
        for (std::size_t i = 0; i < holding.ways(); ++i) path_steps_ += holding.way_at(i).hops;
    }
    if (path_steps_ > question_.limits.path_steps_max) over_budget_ = true;
}

void Attempt::record(TxId tx, const Side& from, const Side& into, const Split& parts) {
    Findings::TakenApart step{.tx = tx};
    for (const index::OutputRecord& coin : from) {
        const auto carried = found_.coins.find(coin.id);
        step.from.push_back(coin.id);
        step.from_lots.push_back(carried == found_.coins.end() ? std::vector<Lot>()
                                                               : carried->second.lots);
    }
    for (const index::OutputRecord& coin : into) step.into.push_back(coin.id);
    for (const auto& shares : parts)
        step.into_lots.push_back(lots_of(question_.method.policy, pool_.lots, shares));
    if (forward()) {
        step.fee_lots = std::move(step.into_lots.back());
        step.into_lots.pop_back();
    }
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

bool goes_backward(Policy policy) {
    return policy != Policy::tainted_first && policy != Policy::libr;
}

Expected<void> check_method(const WalkMethod& method) {
    if (method.direction == Direction::forward || goes_backward(method.policy)) return {};
    return fail(ErrorCode::invalid, "value cannot be traced backward under " +
                                        std::string(name(method.policy)) +
                                        ", which depends on where it was before; use fifo, lifo, "
                                        "haircut or poison");
}

Expected<Trace> walk(const index::LedgerView& view,
                     std::span<const OutId> payouts,
                     const WalkMethod& method,
                     const WalkContext& context,
                     const WalkLimits& limits,
                     const WalkControl& control) {
    TRY(check_method(method));
    TRY(check(view, payouts));
    const Question question{view, payouts, method, limits, control};
    Places places(view, context);
    Amount floor = limits.min_value;
    for (std::uint32_t restarts = 0;; ++restarts) {
        Attempt attempt(question, places, floor);
        if (!TRY(attempt.run())) {
            floor = TRY(attempt.next_floor());
            continue;
        }
        Trace trace =
            TRY(answer_of(view, payouts, method, std::move(attempt).findings(), control.stop));
        trace.value_floor = floor;
        trace.restarts = restarts;
        return trace;
    }
}

}  // namespace wagetrail
