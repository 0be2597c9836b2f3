// Answers about who belongs together: entity and explain.
#pragma once

#include "index/labels/label_view.h"
#include "index/raw_blocks.h"

#include "heuristics/clusters.h"
#include "heuristics/report/envelope.h"

#include <optional>
#include <vector>

namespace wagetrail::report {

struct EntityRequest {
    Address address;              // any of its addresses
    std::optional<Address> from;  // first address of the page; nullopt: from the start
    std::size_t limit = 100;
    /// Views of other ledgers, borrowed, in which forms of the members' keys are looked up.
    std::vector<const index::LedgerView*> elsewhere = {};
    /// Borrowed; from it the scripts that members hide are read. nullptr: they stay unknown.
    index::RawBlocks* raw = nullptr;
    const labels::LabelView* labels = nullptr;  // borrowed; nullptr: none are at hand
};

/// not_found when the address is not on the chain as of the view.
[[nodiscard]] Expected<Answer> entity_answer(const index::LedgerView& view,
                                             const Manifest& manifest,
                                             const EntityRequest& request);

/// Where a page of merges starts: "TXID:2", stable across databases.
struct MergeCursor {
    Txid txid;
    std::uint32_t sequence = 0;  // among the transaction's merges
};
[[nodiscard]] std::string text(const MergeCursor& cursor);
[[nodiscard]] Expected<MergeCursor> parse_merge_cursor(std::string_view text);

struct HistoryOfEntity {
    Address address;                  // any of its addresses
    std::optional<MergeCursor> from;  // nullopt: from the first merge
    std::size_t limit = 100;
};

/// How an entity grew, merge by merge.
[[nodiscard]] Expected<Answer> history_answer(const index::LedgerView& view,
                                              const Manifest& manifest,
                                              const HistoryOfEntity& request);

struct Explanation {
    Answer answer;
    bool joined = false;
};

[[nodiscard]] Expected<Explanation> explain_answer(const index::LedgerView& view,
                                                   const Manifest& manifest,
                                                   const Address& a,
                                                   const Address& b);

}  // namespace wagetrail::report
