#include "heuristics/trace/reconsidered.h"

namespace wagetrail {

Expected<std::vector<Reconsidered>> reconsider(const index::LedgerView& view,
                                               const Trace& trace,
                                               Edition& before,
                                               Edition& after) {
    Judgement old = TRY(judge(view, trace, before.list, before.listed));
    Judgement now = TRY(judge(view, trace, after.list, after.listed));
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
