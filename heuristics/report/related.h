// Addresses that a member of an entity has to do with, but that are no part of it: forms of its key
// on other ledgers, and single-key addresses of the members of a multisig. HEURISTICS.md
// "across ledgers" and "multisig_member". Used inside heuristics/report only.
#pragma once

#include "index/raw_blocks.h"

#include "heuristics/report/json.h"

#include <string>
#include <vector>

namespace wagetrail::report {

/// Lists for the answer and, when there is something to say, words for people.
struct Related {
    Json elsewhere = Json::array();
    Json multisig = Json::array();
    std::size_t scripts_not_read = 0;  // members whose hidden script only a source could tell
    std::string about;
};

/// elsewhere: views of other ledgers. raw: nullptr without a source of blocks.
[[nodiscard]] Expected<Related> related(const index::LedgerView& view,
                                        const std::vector<const index::LedgerView*>& elsewhere,
                                        index::RawBlocks* raw,
                                        const std::vector<AddrId>& members);

}  // namespace wagetrail::report
