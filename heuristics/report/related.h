// Addresses that a member of an entity has to do with, but that are no part of it: forms of its key
// on other ledgers, and single-key addresses of the members of a bare multisig. HEURISTICS.md
// "across ledgers" and "multisig_member". Used inside heuristics/report only.
#pragma once

#include "heuristics/report/json.h"

#include <string>
#include <vector>

namespace wagetrail::report {

/// Lists for the answer and, when there is something to say, words for people.
struct Related {
    Json elsewhere = Json::array();
    Json multisig = Json::array();
    std::string about;
};

/// elsewhere: views of other ledgers.
[[nodiscard]] Expected<Related> related(const index::LedgerView& view,
                                        const std::vector<const index::LedgerView*>& elsewhere,
                                        const std::vector<AddrId>& members);

}  // namespace wagetrail::report
