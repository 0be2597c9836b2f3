// The answer of `lists diff --affected`: past payments whose verdict a new edition of a list
// changed, and the legal clocks that this may have started.
#pragma once

#include "index/prices/price_series.h"

#include "heuristics/report/trace_report.h"
#include "heuristics/trace/reconsidered.h"

#include <vector>

namespace wagetrail::report {

/// Of one policy.
struct AffectedPart {
    Trace trace;
    std::vector<Reconsidered> changed;
};

struct AffectedQuestion {
    lists::Snapshot before;
    lists::Snapshot after;
    TraceQuestion trace;
    std::vector<AffectedPart> parts;
    const prices::PriceSeries* prices = nullptr;  // nullptr: dollars are not known
};

[[nodiscard]] Answer affected_answer(const Manifest& manifest, const AffectedQuestion& question);

}  // namespace wagetrail::report
