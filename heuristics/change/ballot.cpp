#include "heuristics/change/ballot.h"

#include <algorithm>

namespace wagetrail {

Ballot ballot(const Payment& payment, RuleSet rules, const ChangeParameters& set) {
    Ballot result;
    std::vector<unsigned> counts(payment.outputs.size());
    std::vector<std::pair<ChangeRule, std::size_t>> chosen;
    for (const ChangeRule rule : kChangeRules) {
        if (!rules.test(static_cast<std::size_t>(rule))) continue;
        const std::vector<Vote> cast = votes(rule, payment, set);
        const auto choice = std::find(cast.begin(), cast.end(), Vote::change);
        if (choice == cast.end()) continue;
        const auto output = static_cast<std::size_t>(choice - cast.begin());
        chosen.emplace_back(rule, output);
        ++counts[output];
    }
    if (chosen.empty()) return result;
    const auto best = std::max_element(counts.begin(), counts.end());
    const auto leader = static_cast<std::size_t>(best - counts.begin());
    unsigned second = 0;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (i != leader) second = std::max(second, counts[i]);
    if (second == *best) return result;
    result.leader = leader;
    result.margin = *best - second;
    for (const auto& [rule, output] : chosen)
        (output == leader ? result.for_leader : result.against_leader).push_back(rule);
    return result;
}

}  // namespace wagetrail
