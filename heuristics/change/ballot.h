// The votes of some rules on one payment, counted: the output that leads and by how many votes.
// Pure.
#pragma once

#include "heuristics/change/rules.h"

#include <optional>
#include <vector>

namespace wagetrail {

struct Ballot {
    std::optional<std::size_t> leader;  // index into Payment::outputs; nullopt: nobody leads alone
    unsigned margin = 0;                // votes that the leader has more than any other output
    std::vector<ChangeRule> for_leader;
    std::vector<ChangeRule> against_leader;  // rules that single out another output
};

[[nodiscard]] Ballot ballot(const Payment& payment, RuleSet rules, const ChangeParameters& set);

}  // namespace wagetrail
