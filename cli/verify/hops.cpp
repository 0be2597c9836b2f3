#include "cli/verify/hops.h"

#include <algorithm>

namespace wagetrail::verifier {

Hops::Hops(const Bundle& bundle) : bundle_(bundle) {
    for (std::size_t i = 0; i < bundle.sources.size(); ++i)
        known_[{bundle.sources[i].at(), SourceId(static_cast<std::uint32_t>(i))}] = {1, 1};
}

void Hops::take(const Step& step) {
    std::map<SourceId, HopRange> came;
    for (const Leg& leg : bundle_.forward ? step.inputs : step.outputs)
        for (const Lot& lot : leg.lots) {
            if (!lot.source) continue;
            const HopRange here = at(leg.at, *lot.source);
            HopRange& range = came.try_emplace(*lot.source, here).first->second;
            range = {std::min(range.least, here.least), std::max(range.most, here.most)};
        }
    for (const Leg& leg : bundle_.forward ? step.outputs : step.inputs)
        for (const Lot& lot : leg.lots) {
            if (!lot.source) continue;
            const HopRange before = came[*lot.source];
            // A payout's own way begins with itself.
            known_.try_emplace({leg.at, *lot.source}, HopRange{before.least + 1, before.most + 1});
        }
}

HopRange Hops::at(const OutPoint& out, SourceId source) const {
    const auto found = known_.find({out, source});
    return found == known_.end() ? HopRange() : found->second;
}

}  // namespace wagetrail::verifier
