#include "heuristics/report/policy_envelope.h"

#include <algorithm>
#include <map>

namespace wagetrail::report {
namespace {

AmountRange range(const std::vector<Amount>& amounts) {
    const auto [min, max] = std::minmax_element(amounts.begin(), amounts.end());
    return {*min, *max};
}

Json range_json(LedgerId ledger, const AmountRange& amounts) {
    return {{"min", amount_json(ledger, amounts.min)}, {"max", amount_json(ledger, amounts.max)}};
}

}  // namespace

std::optional<PolicyEnvelope> envelope_of(const std::vector<PolicyTrace>& traces) {
    std::vector<const Trace*> conserving;
    for (const PolicyTrace& traced : traces)
        if (conserves(traced.trace.policy)) conserving.push_back(&traced.trace);
    if (conserving.size() < 2) return std::nullopt;

    PolicyEnvelope envelope;
    std::vector<Amount> reached;
    std::map<std::pair<SourceId, OutPoint>, std::vector<Amount>> arrivals;
    for (std::size_t i = 0; i < conserving.size(); ++i) {
        envelope.policies.push_back(conserving[i]->policy);
        reached.push_back(conserving[i]->totals.reached);
        for (const Arrival& arrival : conserving[i]->reached) {
            auto& amounts = arrivals[{arrival.source, arrival.coin.at()}];
            amounts.resize(conserving.size());
            amounts[i] = arrival.amount;
        }
    }
    envelope.reached = range(reached);
    envelope.survives_all = !envelope.reached.min.is_zero();
    for (const auto& [key, amounts] : arrivals)
        envelope.arrivals.push_back({key.first, key.second, range(amounts)});
    return envelope;
}

Json envelope_json(LedgerId ledger, const std::optional<PolicyEnvelope>& envelope) {
    if (!envelope) return nullptr;
    Json policies = Json::array();
    for (const Policy policy : envelope->policies) policies.push_back(name(policy));
    Json arrivals = Json::array();
    for (const EnvelopeArrival& arrival : envelope->arrivals) {
        Json json = range_json(ledger, arrival.amount);
        json["source"] = arrival.source.value;  // raw: index into sources
        json["output"] =
            text(arrival.at.txid) + ":" + std::to_string(arrival.at.vout.value);  // raw: printed
        arrivals.push_back(std::move(json));
    }
    return {{"policies", std::move(policies)},
            {"reached", range_json(ledger, envelope->reached)},
            {"survives_all", envelope->survives_all},
            {"arrivals", std::move(arrivals)}};
}

std::string envelope_text(LedgerId ledger, Direction direction, const PolicyEnvelope& envelope) {
    std::string names;
    for (const Policy policy : envelope.policies)
        names += (names.empty() ? "" : ", ") + std::string(name(policy));
    if (envelope.reached.max.is_zero()) return "under none of " + names + "\n\n";
    return "under " + names + " together: " + display(ledger, envelope.reached.min) + " to " +
           display(ledger, envelope.reached.max) + " " + reached_target_words(direction) +
           (envelope.survives_all ? ", something under each of them\n\n"
                                  : ", under some of them nothing\n\n");
}

}  // namespace wagetrail::report
