#include "heuristics/report/evidence/grounds.h"

#include "heuristics/report/merge_list.h"

#include <algorithm>
#include <set>

namespace wagetrail::report {
namespace {

constexpr std::size_t kPairsMax = 100;
constexpr std::size_t kMergesMax = 1'000;  // of one pair

struct Pair {
    AddrId named;
    AddrId found;
    ClusterLevel level;
    friend auto operator<=>(const Pair&, const Pair&) = default;
};

/// Of a subject that is an address or entity id.
Expected<std::optional<AddrId>> subject_id(const index::LedgerView& view,
                                           const std::string& subject) {
    const auto colon = subject.find(':');
    const bool is_entity =
        colon != std::string::npos && parse_ledger(subject.substr(0, colon)).has_value();
    const auto address =
        parse_address(view.ledger(), is_entity ? subject.substr(colon + 1) : subject);
    if (!address) return std::optional<AddrId>();
    return view.find_address(*address);
}

/// Forward: who signed the payout, beside the subject. Backward: who received it.
Expected<void> add_subjects(const index::LedgerView& view,
                            ClusterLevel level,
                            const TraceQuestion& question,
                            std::set<Pair>& pairs) {
    for (const Payout& payout : question.payouts.found) {
        const auto named = TRY(subject_id(view, payout.subject));
        if (!named) continue;
        if (question.direction == Direction::backward) {
            pairs.insert({*named, TRY(view.output(payout.out)).address, level});
            continue;
        }
        for (const OutId spent : TRY(view.inputs(TRY(view.tx_of(payout.out)))))
            pairs.insert({*named, TRY(view.output(spent)).address, level});
    }
    return {};
}

Expected<void> add_arrivals(const index::LedgerView& view,
                            Targets& targets,
                            const std::vector<PolicyTrace>& traces,
                            std::set<Pair>& pairs) {
    for (const PolicyTrace& traced : traces)
        for (const Arrival& arrival : traced.trace.reached) {
            const AddrId found = TRY(id_of(view, arrival.coin.address));
            for (const Address& address : TRY(targets.find(found)))
                if (const auto named = TRY(view.find_address(address)))
                    pairs.insert({*named, found, targets.level()});
        }
    return {};
}

}  // namespace

Expected<Grounds> grounds_of(const index::LedgerView& view,
                             Clusters& clusters,
                             ClusterLevel level,
                             Targets* targets,
                             const TraceQuestion& question,
                             const std::vector<PolicyTrace>& traces) {
    std::set<Pair> pairs;
    TRY(add_subjects(view, level, question, pairs));
    if (targets != nullptr) TRY(add_arrivals(view, *targets, traces, pairs));
    std::erase_if(pairs, [](const Pair& pair) { return pair.named == pair.found; });

    Grounds grounds;
    std::vector<Merge> merges;
    for (const Pair& pair : pairs) {
        if (grounds.pairs == kPairsMax) {
            grounds.truncated = true;
            break;
        }
        const auto chain = clusters.explain(pair.level, pair.named, pair.found, kMergesMax);
        if (!chain && chain.error().code != ErrorCode::limit) return std::unexpected(chain.error());
        grounds.truncated = grounds.truncated || !chain;
        if (!chain || !*chain) continue;  // nothing joins whoever paid together by other means
        ++grounds.pairs;
        for (const Merge& merge : **chain)
            if (std::find(merges.begin(), merges.end(), merge) == merges.end())
                merges.push_back(merge);
    }
    for (const Merge& merge : weakest_first(std::move(merges)))
        grounds.merges.push_back(TRY(merge_json(view, clusters, merge)));
    return grounds;
}

}  // namespace wagetrail::report
