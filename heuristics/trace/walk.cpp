#include "heuristics/trace/walk.h"

#include "heuristics/trace/findings.h"
#include "heuristics/trace/pooling.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <set>
#include <utility>

namespace wagetrail {
namespace {

constexpr std::uint64_t kUnitsMax = std::numeric_limits<std::uint64_t>::max();

struct Question {
    Places& places;
    std::span<const OutId> payouts;
    WalkMethod method;
    const WalkLimits& limits;
    const WalkControl& control;
};

/// One try to walk with one value floor. Used once.
class Attempt {
  public:
    Attempt(const Question& question, Amount floor)
        : question_(question),
          view_(question.places.view()),
          places_(question.places),
          floor_(floor) {}

    /// False: the work budget was reached.
    Expected<bool> run();
    /// The floor doubled until it makes a difference to this attempt.
    [[nodiscard]] Expected<Amount> next_floor() const;
    [[nodiscard]] Findings findings() && { return std::move(found_); }

  private:
    [[nodiscard]] bool forward() const { return question_.method.direction == Direction::forward; }
    Expected<void> start();
    TxId take_next();
    Expected<void> take_apart(TxId id);
    /// Where value comes from in a transaction, and where it goes.
    struct Sides {
        std::vector<OutId> from;
        Side into;
    };
    Expected<void> split_pool(const index::TxPlace& tx, const Sides& sides);
    Expected<Side> records_of(const std::vector<OutId>& inputs) const;
    Expected<void> spread(const Sides& sides);
    [[nodiscard]] bool spend_budget(std::uint64_t shares);
    Expected<void> arrive(const index::OutputRecord& output, CarriedCoin coin);
    Expected<void> go_on(OutId out, CarriedCoin coin, const std::optional<index::Spend>& spend);
    Expected<void> go_back(OutId out, CarriedCoin coin);
    [[nodiscard]] static std::optional<Ending> no_way_on(const index::TxPlace& maker);
    Expected<void> follow(OutId out, CarriedCoin coin, TxId next);
    Expected<bool> in_window(SourceId source, TxId next);
    void end(OutId out, std::span<const Holding> holdings, Ending ending);
    void reach(OutId out, const CarriedCoin& coin);
    void record(TxId tx, const Sides& sides, const Split& parts);
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
        TRY(forward() ? arrive(output, std::move(coin)) : go_back(output.id, std::move(coin)));
    }
    return {};
}

Expected<void> Attempt::take_apart(TxId id) {
    const index::TxPlace tx = TRY(view_.place(id));
    TRY(report_progress(tx.height));
    ++found_.transactions;
    Sides sides{.from = TRY(view_.inputs(tx)), .into = TRY(view_.outputs(tx))};
    if (forward()) {
        if (!conserves(question_.method.policy)) return spread(sides);
        pool_ = TRY(pool_of_inputs(view_, tx, sides.from, sides.into, found_.coins,
                                   question_.method.policy));
        return split_pool(tx, sides);
    }
    const Side outputs = std::exchange(sides.into, TRY(records_of(sides.from)));
    sides.from.clear();
    for (const index::OutputRecord& output : outputs) sides.from.push_back(output.id);
    if (!conserves(question_.method.policy)) return spread(sides);
    pool_ =
        TRY(pool_of_outputs(view_, tx, outputs, sides.into, found_.coins, question_.method.policy));
    return split_pool(tx, sides);
}

Expected<void> Attempt::split_pool(const index::TxPlace& tx, const Sides& sides) {
    std::vector<Amount> amounts;
    for (const index::OutputRecord& coin : sides.into) amounts.push_back(coin.amount);
    if (forward()) amounts.push_back(tx.entry.fee);
    const Policy policy = question_.method.policy;
    if (!spend_budget(shares_max(policy, pool_.lots.size(), amounts.size()))) return {};
    const Split parts = split(policy, pool_.lots, amounts);
    if (forward())
        for (const Share& share : parts.back()) {
            const std::optional<SourceId>& source = pool_.lots[share.lot].source;
            if (source) found_.fees[source->value] += share.quantity;  // raw: its place
        }
    if (question_.control.keep_steps) record(tx.id, sides, parts);
    for (const OutId coin : pool_.inputs)  // lots have gone on; paths need the rest
        found_.coins.at(coin).lots = {};
    for (std::size_t i = 0; i < sides.into.size(); ++i) {
        CarriedCoin coin =
            carried_by(policy, pool_, parts[i], found_.coins, question_.control.ways);
        if (!coin.holdings.empty()) TRY(arrive(sides.into[i], std::move(coin)));
    }
    return {};
}

Expected<Side> Attempt::records_of(const std::vector<OutId>& inputs) const {
    Side records;
    for (const OutId spent : inputs) records.push_back(TRY(view_.output(spent)));
    return records;
}

/// Poison: all of one side goes into the whole of each coin of the other.
Expected<void> Attempt::spread(const Sides& sides) {
    std::vector<OutId> sources;
    std::uint64_t holdings = 0;
    for (const OutId coin : sides.from) {
        const auto carried = found_.coins.find(coin);
        if (carried == found_.coins.end()) continue;
        sources.push_back(coin);
        holdings += carried->second.holdings.size();
    }
    if (!spend_budget(holdings * sides.into.size())) return {};
    for (const index::OutputRecord& coin : sides.into)
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

Expected<void> Attempt::arrive(const index::OutputRecord& output, CarriedCoin coin) {
    const bool is_start = !coin.holdings.front().way.parent.has_value();
    if (!is_start && payouts_.contains(output.id)) {
        end(output.id, coin.holdings, {StopReason::other_payout, "", std::nullopt});
        return {};
    }
    std::optional<index::Spend> spend;
    if (forward()) spend = TRY(view_.spender(output.id));
    // Backward it is an input.
    const bool is_spent = !forward() || spend.has_value();
    const Places::AtAddress& place = *TRY(places_.address(output.address, is_spent));
    if (place.cause) {
        end(output.id, coin.holdings, {place.cause->reason, place.cause->label, std::nullopt});
        return {};
    }
    if (place.is_target) {
        reach(output.id, coin);
        return {};
    }
    return forward() ? go_on(output.id, std::move(coin), spend)
                     : go_back(output.id, std::move(coin));
}

Expected<void> Attempt::go_on(OutId out,
                              CarriedCoin coin,
                              const std::optional<index::Spend>& spend) {
    if (spend) return follow(out, std::move(coin), spend->tx);
    end(out, coin.holdings, {StopReason::unspent, "", std::nullopt});
    return {};
}

Expected<void> Attempt::go_back(OutId out, CarriedCoin coin) {
    const index::TxPlace maker = TRY(view_.place_of(out));
    if (auto ending = no_way_on(maker)) {
        end(out, coin.holdings, *std::move(ending));
        return {};
    }
    return follow(out, std::move(coin), maker.id);
}

/// Backward: what was made out of nothing, or of value that the chain does not show.
std::optional<Ending> Attempt::no_way_on(const index::TxPlace& maker) {
    if (maker.entry.flags.is_coinbase) return Ending{StopReason::mined, "", maker.id};
    if (maker.entry.flags.is_hogex) return Ending{StopReason::mweb, "", maker.id};
    return std::nullopt;
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
    if (const auto cause = TRY(places_.mixing(next))) {
        end(out, followed, {cause->reason, cause->label, next});
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
    const std::int64_t passed = TRY(places_.time_of(next)).seconds - from.seconds;
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

void Attempt::record(TxId tx, const Sides& sides, const Split& parts) {
    Findings::TakenApart step{.tx = tx};
    step.from = sides.from;
    for (const OutId coin : sides.from) {
        const auto carried = found_.coins.find(coin);
        step.from_lots.push_back(carried == found_.coins.end() ? std::vector<Lot>()
                                                               : carried->second.lots);
    }
    for (const index::OutputRecord& coin : sides.into) step.into.push_back(coin.id);
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

Expected<Trace> walk(Places& places,
                     std::span<const OutId> payouts,
                     const WalkMethod& method,
                     const WalkLimits& limits,
                     const WalkControl& control) {
    TRY(check_method(method));
    TRY(check(places.view(), payouts));
    const Question question{places, payouts, method, limits, control};
    Amount floor = limits.min_value;
    for (std::uint32_t restarts = 0;; ++restarts) {
        Attempt attempt(question, floor);
        if (!TRY(attempt.run())) {
            floor = TRY(attempt.next_floor());
            continue;
        }
        Trace trace = TRY(
            answer_of(places.view(), payouts, method, std::move(attempt).findings(), control.stop));
        trace.value_floor = floor;
        trace.restarts = restarts;
        return trace;
    }
}

}  // namespace wagetrail
