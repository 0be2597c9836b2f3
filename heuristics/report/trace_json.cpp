#include "heuristics/report/trace_json.h"

#include "heuristics/report/policy_envelope.h"

namespace wagetrail::report {
namespace {

Json position_json(const TxPosition& tx) {
    return {{"ledger", params(tx.ledger).name},
            {"height", tx.height.value},  // raw: printed
            {"block_hash", text(tx.block_hash)},
            {"time", text(tx.time)},
            {"txid", text(tx.txid)},
            {"index", tx.index}};
}

Json coin_json(const Coin& coin) {
    Json json = position_json(coin.tx);
    json["vout"] = coin.vout.value;  // raw: printed
    return {{"position", std::move(json)},
            {"address", text(coin.address)},
            {"amount", amount_json(coin.address.ledger, coin.amount)}};
}

std::string point(const OutPoint& out) {
    return text(out.txid) + ":" + std::to_string(out.vout.value);  // raw: printed
}

Json verdict_json(const lists::Verdict& verdict) {
    return {{"verdict", lists::text(verdict.kind)},
            {"same_day", verdict.same_day},
            {"reason", lists::text(verdict.reason)}};
}

Json interval_json(const std::optional<lists::Interval>& interval) {
    if (!interval) return nullptr;
    return {{"after", interval->after ? Json(text(*interval->after)) : Json()},
            {"by", text(interval->by)}};
}

/// How amounts of a trace are written: null under a policy that only says where value may be.
struct Amounts {
    LedgerId ledger = LedgerId::btc;
    bool conserved = true;

    [[nodiscard]] Json operator()(Amount amount) const {
        return conserved ? amount_json(ledger, amount) : Json();
    }
};

Json sums_json(const Amounts& amounts, const Sums& sums) {
    if (!amounts.conserved) return nullptr;
    const LedgerId ledger = amounts.ledger;
    return {{"amount", amount_json(ledger, sums.amount)},
            {"reached", amount_json(ledger, sums.reached)},
            {"stopped", amount_json(ledger, sums.stopped)},
            {"residual", amount_json(ledger, sums.residual)},
            {"fees", amount_json(ledger, sums.fees)}};
}

Json path_json(const Amounts& amounts, const std::vector<PathStep>& path) {
    Json steps = Json::array();
    for (const PathStep& step : path) {
        Json json = coin_json(step.output);
        json["share"] = amounts(step.amount);
        json["carried"] = amounts(step.carried);
        steps.push_back(std::move(json));
    }
    return steps;
}

Json arrival_json(const Amounts& amounts, const Arrival& arrival, const JudgedArrival* judged) {
    Json json = {{"source", arrival.source.value},  // raw: index into sources
                 {"subject", text(arrival.coin.address)},
                 {"arrival", coin_json(arrival.coin)},
                 {"amount", amounts(arrival.amount)},
                 {"hops", arrival.hops},
                 {"path", path_json(amounts, arrival.path)},
                 {"verdict_at_payout", nullptr},
                 {"verdict_at_arrival", nullptr},
                 {"listings", Json::array()}};
    if (judged == nullptr) return json;
    json["verdict_at_payout"] = verdict_json(judged->at_payout);
    json["verdict_at_arrival"] = verdict_json(judged->at_arrival);
    for (const lists::Listing& listing : judged->listings)
        json["listings"].push_back(listing_json(listing));
    return json;
}

Json stop_json(const Amounts& amounts, const Stop& stop) {
    Json shares = Json::array();
    for (const SourceShare& share : stop.shares)
        shares.push_back({{"source", share.source.value},  // raw: index into sources
                          {"amount", amounts(share.amount)}});
    return {{"reason", name(stop.reason)},
            {"label", stop.label},
            {"output", coin_json(stop.coin)},
            {"amount", amounts(stop.amount())},
            {"spender", stop.spender ? Json(text(*stop.spender)) : Json()},
            {"shares", std::move(shares)}};
}

Json lots_json(const std::vector<Lot>& lots) {
    Json all = Json::array();
    for (const Lot& lot : lots)
        all.push_back({{"source", lot.source ? Json(lot.source->value) : Json()},  // raw: index
                       {"units", std::to_string(lot.quantity.units())}});
    return all;
}

Json legs_json(const std::vector<Leg>& legs) {
    Json all = Json::array();
    for (const Leg& leg : legs)
        all.push_back({{"output", point(leg.at)},
                       {"units", std::to_string(leg.amount.units())},
                       {"lots", lots_json(leg.lots)}});
    return all;
}

Json step_json(const Step& step) {
    return {
        {"position", position_json(step.tx)},
        {"inputs", legs_json(step.inputs)},
        {"outputs", legs_json(step.outputs)},
        {"fee", {{"units", std::to_string(step.fee.units())}, {"lots", lots_json(step.fee_lots)}}}};
}

Json totals_json(const Amounts& amounts, const Judgement& judgement) {
    Json all = Json::array();
    for (const VerdictTotal& total : judgement.totals)
        all.push_back({{"verdict_at_payout", lists::text(total.at_payout)},
                       {"verdict_at_arrival", lists::text(total.at_arrival)},
                       {"arrivals", total.arrivals},
                       {"payouts", total.payouts},
                       {"amount", amounts(total.amount)}});
    return all;
}

Json policy_json(LedgerId ledger, const PolicyTrace& traced) {
    const Trace& trace = traced.trace;
    const Amounts amounts{ledger, conserves(trace.policy)};
    Json sources = Json::array();
    for (const TracedPayout& payout : trace.payouts)
        sources.push_back(sums_json(amounts, payout.sums));
    Json reached = Json::array();
    for (std::size_t i = 0; i < trace.reached.size(); ++i)
        reached.push_back(
            arrival_json(amounts, trace.reached[i],
                         traced.judgement ? &traced.judgement->arrivals.at(i) : nullptr));
    Json stopped = Json::array();
    for (const Stop& stop : trace.stopped) stopped.push_back(stop_json(amounts, stop));
    Json unspent = Json::array();
    for (const Stop& stop : trace.unspent) unspent.push_back(stop_json(amounts, stop));
    Json steps = Json::array();
    for (const Step& step : trace.steps) steps.push_back(step_json(step));
    return {{"policy", name(trace.policy)},
            {"sources", std::move(sources)},
            {"reached", std::move(reached)},
            {"stopped", std::move(stopped)},
            {"residual", std::move(unspent)},
            {"totals", sums_json(amounts, trace.totals)},
            {"verdicts", traced.judgement ? totals_json(amounts, *traced.judgement) : Json()},
            {"value_floor", amount_json(ledger, trace.value_floor)},
            {"restarts", trace.restarts},
            {"transactions", trace.transactions},
            {"steps", std::move(steps)}};
}

}  // namespace

Json listing_json(const lists::Listing& listing) {
    return {
        {"list", listing.list},
        {"entity", listing.entity},
        {"party_id", listing.party_id},
        {"programs", listing.programs},
        {"tickers", listing.tickers},
        {"address", listing.address_text},
        {"designated_on", listing.designated_on ? Json(date_text(*listing.designated_on)) : Json()},
        {"published", interval_json(listing.published)},
        {"removed", interval_json(listing.removed)},
        {"known_from", text(listing.known_from)}};
}

Json path_coin_json(const Coin& coin) {
    return coin_json(coin);
}

Json path_steps_json(LedgerId ledger, const std::vector<PathStep>& path, bool conserved) {
    return path_json({ledger, conserved}, path);
}

Json sources_json(const TraceQuestion& question, const Trace& trace) {
    Json sources = Json::array();
    for (std::size_t i = 0; i < question.payouts.found.size(); ++i) {
        const Payout& payout = question.payouts.found[i];
        Json json = coin_json(trace.payouts.at(i).coin);
        json["subject"] = payout.subject;
        json["line"] = payout.line ? Json(*payout.line) : Json();
        sources.push_back(std::move(json));
    }
    return sources;
}

Json trace_json(const TraceQuestion& question, const std::vector<PolicyTrace>& traces) {
    Json missing = Json::array();
    for (const MissingPayout& payout : question.payouts.missing)
        missing.push_back(
            {{"line", payout.line}, {"subject", payout.subject}, {"why", payout.why}});
    Json coinjoins = Json::array();
    for (const Txid& txid : question.payouts.coinjoins) coinjoins.push_back(text(txid));
    Json policies = Json::array();
    for (const PolicyTrace& traced : traces)
        policies.push_back(policy_json(question.ledger, traced));
    const std::string_view direction = name(question.direction);
    return {{"from", question.from},
            {"to", question.to},
            {"direction", direction},
            {"envelope", envelope_json(question.ledger, envelope_of(traces))},
            {"sources", sources_json(question, traces.at(0).trace)},
            {"not_on_chain", std::move(missing)},
            {"coinjoins_left_out", std::move(coinjoins)},
            {"policies", std::move(policies)}};
}

}  // namespace wagetrail::report
