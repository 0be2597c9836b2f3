#include "heuristics/question/policy_words.h"

#include <set>

namespace wagetrail::question {
namespace {

constexpr std::string_view kAll = "all";

std::vector<Policy> all_that_go(Direction direction) {
    std::vector<Policy> all(all_policies().begin(), all_policies().end());
    std::erase_if(all, [&](Policy policy) { return !check_method({policy, direction}); });
    return all;
}

}  // namespace

Expected<void> check_each_once(const std::vector<std::string>& words) {
    std::set<std::string_view> seen;
    for (const std::string& word : words)
        if (!seen.insert(word).second)
            return fail(ErrorCode::invalid,
                        "the policy \"" + word + "\" is named twice; name it once");
    if (seen.contains(kAll) && seen.size() > 1)
        return fail(ErrorCode::invalid, "\"all\" has every policy; name it alone");
    return {};
}

Expected<std::vector<Policy>> policies_named(const std::vector<std::string>& words,
                                             Direction direction) {
    TRY(check_each_once(words));
    std::vector<Policy> policies;
    for (const std::string& word : words) {
        if (word == kAll) return all_that_go(direction);
        const auto policy = parse_policy(word);
        if (!policy)
            return fail(ErrorCode::invalid, "unknown policy \"" + word + "\"; the known ones are " +
                                                policy_names() + ", all");
        TRY(check_method({*policy, direction}));
        policies.push_back(*policy);
    }
    return policies;
}

}  // namespace wagetrail::question
