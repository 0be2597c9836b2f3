#include "cli/verify/arithmetic.h"

#include "cli/verify/verdict.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace wagetrail::verifier {
namespace {

// Of all steps together: what one bundle may cost to check.
constexpr std::uint64_t kSharesMax = 50'000'000;

std::string point(const OutPoint& at) {
    return text(at.txid) + ":" + text(at.vout);
}

Expected<Amount> sum_of(const std::vector<Lot>& lots, const std::string& path) {
    std::optional<Amount> sum = Amount();
    for (const Lot& lot : lots) {
        if (sum) sum = sum->plus(lot.quantity);
        if (!sum) return broken(path + ": the lots are more than there can be");
    }
    return *sum;
}

std::vector<Lot> untainted(Amount amount) {
    if (amount.is_zero()) return {};
    return {{std::nullopt, Amount(), amount}};
}

/// Lots of one side of a step, and which leg each comes from.
struct Pool {
    std::vector<Lot> lots;
    std::vector<std::size_t> leg;  // means nothing of untainted lots

    void add(const Lot& lot, std::size_t from) {
        lots.push_back(lot);
        leg.push_back(from);
    }
    /// All untainted lots as one, at the end: for policies that do not look at their order.
    void gather() {
        Pool gathered;
        Amount rest;
        for (std::size_t i = 0; i < lots.size(); ++i) {
            if (lots[i].source)
                gathered.add(lots[i], leg[i]);
            else
                rest += lots[i].quantity;  // their sum was checked
        }
        for (const Lot& lot : untainted(rest)) gathered.add(lot, 0);
        *this = std::move(gathered);
    }
};

/// The books of one policy.
class Books {
  public:
    Books(const Bundle& bundle, const PolicyPart& part) : bundle_(bundle), part_(part) {}

    Expected<void> check() {
        TRY(open_payouts());
        TRY(note_endings());
        for (const Step& step : part_.steps) TRY(take(step));
        TRY(close());
        TRY(check_source_sums());
        for (const Arrival& arrival : part_.reached) TRY(check_shares(arrival));
        return {};
    }

  private:
    using Account = std::pair<OutPoint, SourceId>;

    Expected<void> open_payouts() {
        if (part_.sources.size() != bundle_.sources.size())
            return broken(part_.path + ": there are other payouts than sources");
        sums_.resize(bundle_.sources.size());
        for (std::size_t i = 0; i < bundle_.sources.size(); ++i) {
            const Coin& payout = bundle_.sources[i];
            const SourceId source(static_cast<std::uint32_t>(i));
            sums_[i].amount = payout.amount;
            if (payout.amount.is_zero()) continue;
            if (!held_
                     .emplace(payout.at(), std::vector<Lot>{{source, payout.amount, payout.amount}})
                     .second)
                return broken(payout.tx.path + ": the payout is named twice");
            payouts_.insert(payout.at());
            TRY(receive({payout.at(), source}, payout.amount, payout.tx.path));
        }
        return {};
    }

    /// Which payouts' value is not followed from which outputs.
    Expected<void> note_endings() {
        for (const Arrival& arrival : part_.reached)
            ended_.insert({arrival.coin.at(), arrival.source});
        for (const auto* stops : {&part_.stopped, &part_.residual})
            for (const Stop& stop : *stops)
                for (const Share& share : stop.shares)
                    if (!ended_.insert({stop.coin.at(), share.source}).second)
                        return broken(stop.path + ": the share of payout " + text(share.source) +
                                      " ends twice");
        return {};
    }

    Expected<void> take(const Step& step) {
        const auto& from = bundle_.forward ? step.inputs : step.outputs;
        const auto& into = bundle_.forward ? step.outputs : step.inputs;
        Pool pool;
        for (std::size_t i = 0; i < from.size(); ++i) {
            const std::vector<Lot> lots = followed(from[i]);
            if (lots != from[i].lots)
                return broken(from[i].path + ": the lots of " + point(from[i].at) +
                              " are not those that came into it");
            if (TRY(sum_of(lots, from[i].path)) != from[i].amount)
                return broken(from[i].path + ": the lots are not of the output's amount");
            for (const Lot& lot : lots) {
                pool.add(lot, i);
                if (lot.source) TRY(spend({from[i].at, *lot.source}, lot.quantity, from[i].path));
            }
        }
        if (!bundle_.forward)
            for (const Lot& lot : untainted(step.fee)) pool.add(lot, 0);
        std::vector<Amount> amounts;
        for (const Leg& leg : into) amounts.push_back(leg.amount);
        if (bundle_.forward) amounts.push_back(step.fee);
        TRY(check_balance(step, pool, amounts));
        if (!keeps_order(part_.policy)) pool.gather();
        return divide(step, pool, amounts, from, into);
    }

    /// What of an output's lots goes on.
    [[nodiscard]] std::vector<Lot> followed(const Leg& leg) const {
        const auto held = held_.find(leg.at);
        if (held == held_.end()) return untainted(leg.amount);
        return without(part_.policy, held->second,
                       [&](SourceId source) { return ended_.contains({leg.at, source}); });
    }

    Expected<void> check_balance(const Step& step,
                                 const Pool& pool,
                                 const std::vector<Amount>& amounts) {
        std::optional<Amount> out = Amount();
        for (const Amount amount : amounts)
            if (out) out = out->plus(amount);
        if (!out || TRY(sum_of(pool.lots, step.tx.path)) != *out)
            return broken(step.tx.path + ": inputs are not outputs and fee in " +
                          text(step.tx.txid));
        shares_ += shares_max(part_.policy, pool.lots.size(), amounts.size());
        if (shares_ > kSharesMax)
            return broken(step.tx.path + ": there is more to divide than is checked");
        return {};
    }

    Expected<void> divide(const Step& step,
                          const Pool& pool,
                          const std::vector<Amount>& amounts,
                          const std::vector<Leg>& from,
                          const std::vector<Leg>& into) {
        const Split parts = split(part_.policy, pool.lots, amounts);
        for (std::size_t i = 0; i < into.size(); ++i) {
            std::vector<Lot> lots = lots_of(part_.policy, pool.lots, parts[i]);
            if (lots != into[i].lots)
                return broken(into[i].path + ": " + std::string(name(part_.policy)) +
                              " makes other lots of " + point(into[i].at));
            for (const Lot& lot : lots)
                if (lot.source) TRY(receive({into[i].at, *lot.source}, lot.quantity, into[i].path));
            for (const wagetrail::Share& share : parts[i])
                if (pool.lots[share.lot].source)
                    moved_[{from[pool.leg[share.lot]].at, into[i].at,
                            *pool.lots[share.lot].source}] += share.quantity;
            const bool is_tainted =
                std::any_of(lots.begin(), lots.end(), [](const Lot& lot) { return lot.source; });
            if (is_tainted && !payouts_.contains(into[i].at)) held_[into[i].at] = std::move(lots);
        }
        return take_fee(step, pool, parts);
    }

    Expected<void> take_fee(const Step& step, const Pool& pool, const Split& parts) {
        const std::vector<Lot> lots =
            bundle_.forward ? lots_of(part_.policy, pool.lots, parts.back()) : untainted(step.fee);
        if (lots != step.fee_lots)
            return broken(step.tx.path + ": " + std::string(name(part_.policy)) +
                          " makes another fee of " + text(step.tx.txid));
        for (const Lot& lot : lots)
            if (lot.source) TRY(add(*lot.source, &Sums::fees, lot.quantity, step.tx.path));
        return {};
    }

    Expected<void> close() {
        for (const Arrival& arrival : part_.reached) {
            if (!arrival.amount) return broken(arrival.path + " has no amount");
            TRY(end(arrival.coin.at(), arrival.source, *arrival.amount, &Sums::reached,
                    arrival.path));
        }
        for (const Stop& stop : part_.stopped) TRY(close_stop(stop, &Sums::stopped));
        for (const Stop& stop : part_.residual) TRY(close_stop(stop, &Sums::residual));
        for (const auto& [account, amount] : open_)
            if (!amount.is_zero())
                return broken(part_.path + ": " + std::to_string(amount.units()) +
                              " units of payout " + text(account.second) + " in " +
                              point(account.first) + " are neither followed nor accounted for");
        return {};
    }

    Expected<void> close_stop(const Stop& stop, Amount Sums::* side) {
        std::optional<Amount> sum = Amount();
        for (const Share& share : stop.shares) {
            if (!share.amount) return broken(stop.path + " has a share without an amount");
            TRY(end(stop.coin.at(), share.source, *share.amount, side, stop.path));
            if (sum) sum = sum->plus(*share.amount);
        }
        if (sum != stop.amount) return broken(stop.path + ": the shares do not sum to the amount");
        return {};
    }

    Expected<void> end(const OutPoint& at,
                       SourceId source,
                       Amount amount,
                       Amount Sums::* side,
                       const std::string& path) {
        TRY(spend({at, source}, amount, path));
        return add(source, side, amount, path);
    }

    Expected<void> add(SourceId source,
                       Amount Sums::* side,
                       Amount amount,
                       const std::string& path) {
        if (source.value >= sums_.size())  // raw: index into sources
            return broken(path + ": there is no payout " + text(source));
        Amount& sum = sums_[source.value].*side;  // raw: index into sources
        const auto more = sum.plus(amount);
        if (!more) return broken(path + ": the amounts are more than there can be");
        sum = *more;
        return {};
    }

    Expected<void> receive(const Account& account, Amount amount, const std::string& path) {
        const auto more = open_[account].plus(amount);
        if (!more) return broken(path + ": the amounts are more than there can be");
        open_[account] = *more;
        came_[account] = *more;
        return {};
    }

    Expected<void> spend(const Account& account, Amount amount, const std::string& path) {
        const auto rest = open_[account].minus(amount);
        if (!rest)
            return broken(path + ": " + point(account.first) + " never had that much of payout " +
                          text(account.second));
        open_[account] = *rest;
        return {};
    }

    Expected<void> check_source_sums() {
        for (std::size_t i = 0; i < sums_.size(); ++i)
            if (part_.sources[i] != sums_[i])
                return broken(part_.path + "/sources/" + std::to_string(i) +
                              ": the steps give other sums for this payout");
        return {};
    }

    /// The payout's value in each output on the way, and what of it came by just this way.
    Expected<void> check_shares(const Arrival& arrival) {
        std::optional<Amount> carried;
        for (std::size_t i = 0; i < arrival.parts.size(); ++i) {
            const PathPart& part = arrival.parts[i];
            const auto came = came_.find({part.coin.at(), arrival.source});
            if (came == came_.end() || part.share != came->second)
                return broken(part.coin.tx.path + ": another share of the payout is in " +
                              point(part.coin.at()));
            if (i == 0)
                carried = came->second;
            else
                carried = carried_on(arrival, i, *carried);
            if (part.carried != carried)
                return broken(part.coin.tx.path + ": another part of it came by this path");
        }
        if (arrival.parts.empty() || arrival.parts.back().share != arrival.amount)
            return broken(arrival.path + ": the path does not bring the amount of the arrival");
        return {};
    }

    [[nodiscard]] Amount carried_on(const Arrival& arrival,
                                    std::size_t part,
                                    Amount carried) const {
        const OutPoint before = arrival.parts[part - 1].coin.at();
        const auto moved = moved_.find({before, arrival.parts[part].coin.at(), arrival.source});
        const Amount whole = came_.at({before, arrival.source});
        if (moved == moved_.end() || whole.is_zero()) return Amount();
        return scaled(carried, std::min(moved->second, whole), whole);
    }

    const Bundle& bundle_;
    const PolicyPart& part_;
    std::unordered_map<OutPoint, std::vector<Lot>> held_;
    std::set<OutPoint> payouts_;
    std::set<Account> ended_;
    std::map<Account, Amount> open_;  // what is still to be accounted for
    std::map<Account, Amount> came_;  // all that ever came into it
    std::map<std::tuple<OutPoint, OutPoint, SourceId>, Amount> moved_;
    std::vector<Sums> sums_;
    std::uint64_t shares_ = 0;
};

Expected<Sums> total(const PolicyPart& policy) {
    Sums all;
    for (const auto& sums : policy.sources)
        for (Amount Sums::* const side :
             {&Sums::amount, &Sums::reached, &Sums::stopped, &Sums::residual, &Sums::fees}) {
            const auto sum = sums ? (all.*side).plus((*sums).*side) : std::nullopt;
            if (!sum) return broken(policy.path + ": the sums of the payouts cannot be added");
            all.*side = *sum;
        }
    return all;
}

Expected<void> check_balance(const PolicyPart& policy, const Sums& sums) {
    auto whole = sums.reached.plus(sums.stopped);
    if (whole) whole = whole->plus(sums.residual);
    if (whole) whole = whole->plus(sums.fees);
    if (whole == sums.amount) return {};
    return broken(policy.path + ": reached, stopped, unspent and fees do not make up the amount");
}

Expected<void> check_envelope(const Bundle& bundle, const std::vector<Amount>& reached) {
    if (reached.size() < 2) {
        if (!bundle.envelope) return {};
        return broken("/result/answer/result/envelope is of one policy alone");
    }
    const auto [least, most] = std::minmax_element(reached.begin(), reached.end());
    if (!bundle.envelope || bundle.envelope->least != *least || bundle.envelope->most != *most ||
        bundle.envelope->survives_all != !least->is_zero())
        return broken("/result/answer/result/envelope is not the least and the most reached");
    return {};
}

}  // namespace

Expected<std::string> check_arithmetic(const Bundle& bundle) {
    std::size_t steps = 0;
    std::string names;
    for (const PolicyPart& policy : bundle.policies) {
        if (!conserves(policy.policy)) {
            if (policy.totals) return broken(policy.path + " claims amounts that it cannot know");
            continue;
        }
        TRY(Books(bundle, policy).check());
        steps += policy.steps.size();
        names += (names.empty() ? "" : ", ") + std::string(name(policy.policy));
    }
    return std::to_string(steps) + " steps recomputed under " +
           (names.empty() ? "no policy" : names);
}

Expected<std::string> check_sums(const Bundle& bundle) {
    std::vector<Amount> reached;
    for (const PolicyPart& policy : bundle.policies) {
        if (!conserves(policy.policy)) continue;
        const Sums sums = TRY(total(policy));
        TRY(check_balance(policy, sums));
        if (policy.totals != sums)
            return broken(policy.path + "/totals are not the sums of the payouts");
        if (policy.by_verdict && *policy.by_verdict != sums.reached)
            return broken(policy.path + "/verdicts do not sum to what was reached");
        reached.push_back(sums.reached);
    }
    TRY(check_envelope(bundle, reached));
    return "totals, verdicts and the range over policies add up";
}

}  // namespace wagetrail::verifier
