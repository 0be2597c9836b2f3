#include "heuristics/report/affected_answer.h"

#include "heuristics/report/dollars.h"
#include "heuristics/report/legal_clocks.h"
#include "heuristics/report/table.h"
#include "heuristics/report/trace_json.h"

#include <algorithm>
#include <map>

namespace wagetrail::report {
namespace {

/// One payment to one place, whose amount depends on the policy.
struct Affected {
    const Arrival* arrival = nullptr;
    const Coin* payout = nullptr;
    std::string subject;
    const Reconsidered* changed = nullptr;
    std::map<std::string, Amount> amounts;  // by policy

    [[nodiscard]] Amount least(std::size_t policies) const {
        if (amounts.size() < policies) return {};
        return std::min_element(amounts.begin(), amounts.end(), by_amount)->second;
    }
    [[nodiscard]] Amount most() const {
        return std::max_element(amounts.begin(), amounts.end(), by_amount)->second;
    }

  private:
    static bool by_amount(const std::pair<const std::string, Amount>& a,
                          const std::pair<const std::string, Amount>& b) {
        return a.second < b.second;
    }
};

std::vector<Affected> gathered(const AffectedQuestion& question) {
    std::map<std::pair<SourceId, OutPoint>, std::size_t> places;
    std::vector<Affected> all;
    for (const AffectedPart& part : question.parts)
        for (const Reconsidered& changed : part.changed) {
            const Arrival& arrival = part.trace.reached[changed.arrival];
            const auto [place, is_new] =
                places.try_emplace({arrival.source, arrival.coin.at()}, all.size());
            const std::size_t source = arrival.source.value;  // raw: index into sources
            if (is_new)
                all.push_back({.arrival = &arrival,
                               .payout = &part.trace.payouts[source].coin,
                               .subject = question.trace.payouts.found[source].subject,
                               .changed = &changed,
                               .amounts = {}});
            all[place->second].amounts[std::string(name(part.trace.policy))] = arrival.amount;
        }
    return all;
}

std::optional<std::uint64_t> cents_of(const AffectedQuestion& question, const Affected& affected) {
    if (question.prices == nullptr) return std::nullopt;
    const auto price = question.prices->micros_at(affected.payout->tx.time);
    if (!price) return std::nullopt;
    return dollar_cents(question.trace.ledger, UnitMicros{affected.most().units()} * *price);
}

/// The graver of the two moments decides which clocks run.
lists::VerdictKind gravest(const JudgedArrival& judged) {
    return std::min(judged.at_payout.kind, judged.at_arrival.kind);
}

std::vector<LegalClock> clocks_of(const AffectedQuestion& question, const Affected& affected) {
    return clocks_started({.verdict = gravest(affected.changed->after),
                           .payment = affected.payout->tx.time,
                           .known = question.after.known_from,
                           .cents = cents_of(question, affected)});
}

Json verdicts_json(const JudgedArrival& judged) {
    return {{"at_payout", lists::text(judged.at_payout.kind)},
            {"at_arrival", lists::text(judged.at_arrival.kind)}};
}

Json affected_json(const AffectedQuestion& question, const Affected& affected) {
    const LedgerId ledger = question.trace.ledger;
    Json amounts = Json::object();
    for (const auto& [policy, amount] : affected.amounts)
        amounts[policy] = amount_json(ledger, amount);
    Json clocks = Json::array();
    for (const LegalClock& clock : clocks_of(question, affected))
        clocks.push_back(
            {{"id", clock.id},
             {"rule", clock.rule},
             {"words", clock.words},
             {"due", date_text(clock.due)},
             {"threshold_usd", clock.threshold_usd ? Json(*clock.threshold_usd) : Json()}});
    Json listings = Json::array();
    for (const lists::Listing& listing : affected.changed->after.listings)
        listings.push_back({{"list", listing.list}, {"entity", listing.entity}});
    const auto cents = cents_of(question, affected);
    return {{"subject", affected.subject},
            {"payout", path_coin_json(*affected.payout)},
            {"arrival", path_coin_json(affected.arrival->coin)},
            {"hops", affected.arrival->hops},
            {"amounts", std::move(amounts)},
            {"usd_at_payout", cents ? Json(decimal_text(Amount(*cents), 2)) : Json()},
            {"before", verdicts_json(affected.changed->before)},
            {"after", verdicts_json(affected.changed->after)},
            {"listings", std::move(listings)},
            {"clocks", std::move(clocks)}};
}

std::string change_text(lists::VerdictKind before, lists::VerdictKind after) {
    if (before == after) return std::string(lists::text(after));
    return std::string(lists::text(before)) + " -> " + std::string(lists::text(after));
}

std::string affected_text(const AffectedQuestion& question, const Affected& affected) {
    const LedgerId ledger = question.trace.ledger;
    const Amount least = affected.least(question.parts.size());
    const auto cents = cents_of(question, affected);
    std::string words = printable(affected.subject) + ", paid " + text(affected.payout->tx.time) +
                        ": " + (least == affected.most() ? "" : display(ledger, least) + " to ") +
                        display(ledger, affected.most()) +
                        (cents ? " (" + decimal_text(Amount(*cents), 2) + " dollars)" : "") +
                        " reached " + text(affected.arrival->coin.address) + "\n";
    for (const lists::Listing& listing : affected.changed->after.listings)
        words += "  listed as   " + printable(listing.list + ": " + listing.entity) + "\n";
    words += "  at payout   " +
             change_text(affected.changed->before.at_payout.kind,
                         affected.changed->after.at_payout.kind) +
             "\n  at arrival  " +
             change_text(affected.changed->before.at_arrival.kind,
                         affected.changed->after.at_arrival.kind) +
             "\n";
    for (const LegalClock& clock : clocks_of(question, affected))
        words +=
            "  " + date_text(clock.due) + "  " + clock.words + " (" + clock.rule +
            (clock.threshold_usd ? ", from " + std::to_string(*clock.threshold_usd) + " dollars on"
                                 : "") +
            ")\n";
    return words + "\n";
}

Json snapshot_pin(const lists::Snapshot& snapshot) {
    return {{"list", snapshot.list},
            {"published", text(snapshot.published)},
            {"known_from", text(snapshot.known_from)},
            {"sha256", lists::sha256_text(snapshot.sha256)}};
}

}  // namespace

Answer affected_answer(const Manifest& manifest, const AffectedQuestion& question) {
    const std::vector<Affected> all = gathered(question);
    Json rows = Json::array();
    std::string words = std::to_string(all.size()) + " past payments have another verdict with " +
                        question.after.list + " of " + date_text(question.after.published) +
                        " than with that of " + date_text(question.before.published) + "\n\n";
    for (const Affected& affected : all) {
        rows.push_back(affected_json(question, affected));
        words += affected_text(question, affected);
    }
    for (const CoverageGap& gap : question.trace.gaps)
        words += "not covered: " + printable(gap.words) + " (" + gap.code + ")\n";
    if (!all.empty())
        words += "Deadlines count Mondays to Fridays without holidays. No legal advice.\n";
    return {sealed(manifest, {{"from", question.trace.from},
                              {"before", snapshot_pin(question.before)},
                              {"after", snapshot_pin(question.after)},
                              {"affected", std::move(rows)},
                              {"clocks_sha256", legal_clocks_sha256()}}),
            words};
}

}  // namespace wagetrail::report
