// The answer that is drawn: a picture with the places of its nodes and what is known of each.
#pragma once

#include "index/labels/label_view.h"
#include "index/lists/listing.h"
#include "index/lists/verdict.h"

#include "heuristics/coinjoin.h"
#include "heuristics/report/envelope.h"
#include "heuristics/report/picture/fold.h"
#include "heuristics/report/picture/layout.h"
#include "heuristics/report/trace_report.h"

#include <optional>
#include <string>
#include <vector>

namespace wagetrail::report {

/// What of the traced value came to a target under one pair of verdicts.
struct NodeArrivals {
    lists::VerdictKind at_payout = lists::VerdictKind::unknown;
    lists::VerdictKind at_arrival = lists::VerdictKind::unknown;
    Shares shares;
};

/// What is known of who holds a node, whatever the trace says.
struct NodeFacts {
    std::vector<labels::Label> labels;          // of every address that was met in it
    std::vector<lists::Listing> listings;       // the same
    std::optional<lists::VerdictKind> verdict;  // at the moment asked about; none: no list at hand
    std::vector<NodeArrivals> arrivals;         // of a listed target, by verdict
    std::uint64_t size = 1;                     // addresses of an entity
    std::string coinjoin;                       // class of a transaction; empty: none
};

struct DrawnPicture {
    LedgerId ledger = LedgerId::btc;
    Folded folded;
    Layout layout;
    Across across = Across::hops;
    std::vector<NodeFacts> facts;         // by node
    std::vector<std::string> not_opened;  // that were asked for and are not in the picture
};

[[nodiscard]] Answer picture_answer(const Manifest& manifest,
                                    const TraceQuestion& question,
                                    const std::vector<PolicyTrace>& traces,
                                    const DrawnPicture& drawn);

}  // namespace wagetrail::report
