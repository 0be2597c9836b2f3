#include "heuristics/trace/reconsidered.h"

namespace wagetrail {

Expected<std::vector<Reconsidered>> reconsider(const index::LedgerView& view,
                                               Clusters& clusters,
                                               const Trace& trace,
                                               const lists::ListView& before,
                                               const lists::ListView& after) {
    Targets listed_before = TRY(Targets::listed(view, clusters, before));
    Targets listed_after = TRY(Targets::listed(view, clusters, after));
    Judgement old = TRY(judge(view, trace, before, listed_before));
    Judgement now = TRY(judge(view, trace, after, listed_after));
    std::vector<Reconsidered> changed;
    for (std::size_t i = 0; i < trace.reached.size(); ++i) {
        JudgedArrival& was = old.arrivals[i];
        JudgedArrival& is = now.arrivals[i];
        if (was.at_payout.kind == is.at_payout.kind && was.at_arrival.kind == is.at_arrival.kind)
            continue;
        changed.push_back({i, std::move(was), std::move(is)});
    }
    return changed;
}

}  // namespace wagetrail
