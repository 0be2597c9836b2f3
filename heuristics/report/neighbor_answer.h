// The answer about direct counterparties.
#pragma once

#include "heuristics/neighbors.h"
#include "heuristics/report/envelope.h"

#include <span>
#include <string>
#include <vector>

namespace wagetrail::report {

struct NeighborRow {
    std::string name;  // address, or entity id
    Neighbor neighbor;
    std::vector<labels::Label> labels;  // of the address, or of the one that names the entity
};

struct NeighborPage {
    LedgerId ledger = LedgerId::btc;
    std::string subject;
    bool on_chain = true;
    NeighborScope scope;
    std::uint64_t transactions = 0;  // that were taken apart
    std::uint64_t count = 0;         // of neighbours in all
    std::size_t first = 0;           // of the page
    std::vector<NeighborRow> rows;
};

/// The manifest gets the code NEIGHBORS_TRUNCATED from whoever made the page.
[[nodiscard]] Answer neighbors_answer(const Manifest& manifest, const NeighborPage& page);

struct LinkPage {
    LedgerId ledger = LedgerId::btc;
    std::string from;
    std::string to;
    bool on_chain = true;     // both are
    std::uint64_t count = 0;  // of links in all that were looked at
    std::vector<Link> links;  // oldest first
};

[[nodiscard]] Expected<Answer> links_answer(const index::LedgerView& view,
                                            const Manifest& manifest,
                                            const LinkPage& page);

}  // namespace wagetrail::report
