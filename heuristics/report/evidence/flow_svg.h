// A drawing of a flow as SVG that stands by itself: no script, no font, nothing from elsewhere.
// Columns go from left to right in time; within one, a node stands near where its value came from.
// Same flow, same bytes.
#pragma once

#include "chain/ledger.h"

#include "heuristics/report/flow.h"

#include <cstddef>
#include <string>

namespace wagetrail::report {

struct DrawnFlow {
    std::string svg;
    std::size_t nodes_left_out = 0;    // the ones with the least value, beyond nodes_max
    std::size_t amounts_left_out = 0;  // of edges, where there was no room
};

[[nodiscard]] DrawnFlow flow_svg(LedgerId ledger, const Flow& flow, std::size_t nodes_max);

}  // namespace wagetrail::report
