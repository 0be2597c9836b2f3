#include "heuristics/trace/judge.h"

#include <map>
#include <set>
#include <utility>

namespace wagetrail {
namespace {

/// What the lists say about whoever is behind an address.
Expected<std::vector<lists::Listing>> listings_behind(const index::LedgerView& view,
                                                      const lists::ListView& lists,
                                                      Targets& listed,
                                                      const Address& address) {
    std::vector<lists::Listing> all;
    const auto id = TRY(view.find_address(address));
    if (!id) return all;
    for (const Address& named : TRY(listed.find(*id)))
        for (const lists::Listing& listing : lists.listings_of(named)) all.push_back(listing);
    return all;
}

std::vector<VerdictTotal> totals_of(const Trace& trace,
                                    const std::vector<JudgedArrival>& arrivals) {
    using Pair = std::pair<lists::VerdictKind, lists::VerdictKind>;
    std::map<Pair, VerdictTotal> totals;
    std::map<Pair, std::set<SourceId>> payouts;
    for (const JudgedArrival& judged : arrivals) {
        const Arrival& arrival = trace.reached[judged.arrival];
        const Pair pair{judged.at_payout.kind, judged.at_arrival.kind};
        VerdictTotal& total = totals[pair];
        total.at_payout = pair.first;
        total.at_arrival = pair.second;
        ++total.arrivals;
        total.amount += arrival.amount;
        payouts[pair].insert(arrival.source);
        total.payouts = payouts[pair].size();
    }
    std::vector<VerdictTotal> ordered;
    for (const auto& [pair, total] : totals) ordered.push_back(total);
    return ordered;
}

}  // namespace

Expected<Judgement> judge(const index::LedgerView& view,
                          const Trace& trace,
                          const lists::ListView& lists,
                          Targets& listed,
                          std::int64_t max_age_seconds) {
    Judgement judgement;
    const auto verdict_at = [&](const std::vector<lists::Listing>& listings, Time payment) {
        return lists::verdict(listings, lists.listed_until(),
                              {.payment = payment,
                               .as_of = lists.pins().as_of,
                               .known_at = lists.pins().known_at,
                               .max_age_seconds = max_age_seconds});
    };
    for (std::size_t i = 0; i < trace.reached.size(); ++i) {
        const Arrival& arrival = trace.reached[i];
        const TracedPayout& payout = trace.payouts.at(arrival.source.value);  // raw: an index
        JudgedArrival judged{
            .arrival = i,
            .listings = TRY(listings_behind(view, lists, listed, arrival.coin.address))};
        judged.at_payout = verdict_at(judged.listings, payout.coin.tx.time);
        judged.at_arrival = verdict_at(judged.listings, arrival.coin.tx.time);
        judgement.arrivals.push_back(std::move(judged));
    }
    judgement.totals = totals_of(trace, judgement.arrivals);
    return judgement;
}

}  // namespace wagetrail
