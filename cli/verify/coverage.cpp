#include "cli/verify/coverage.h"

#include "cli/verify/verdict.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace wagetrail::verifier {
namespace {

// From where on the index and a list count as old, as the lists have it.
constexpr std::int64_t kMaxAgeSeconds = 36 * 3600;
constexpr std::string_view kListPrefix = "list:";

struct Code {
    std::string_view name;
    std::optional<bool> is_due;  // nullopt: the bundle alone does not say
};

bool has_end(const Bundle& bundle, std::string_view reason) {
    return std::ranges::any_of(bundle.policies, [&](const PolicyPart& policy) {
        return std::ranges::find(policy.stopped, reason, &Stop::reason) != policy.stopped.end();
    });
}

bool lies_behind(Time known, Time asked) {
    return asked.seconds - known.seconds > kMaxAgeSeconds;
}

bool is_behind(const Bundle& bundle, const std::optional<Time>& moment) {
    return moment && lies_behind(bundle.as_of_time, *moment);
}

Expected<std::optional<Time>> maybe_time(const Field& field) {
    if (field.is_null()) return std::optional<Time>();
    return std::optional(TRY(field.time()));
}

Expected<std::vector<std::string>> lists_named(const Field& subjects) {
    std::vector<std::string> names;
    for (const std::string& subject :
         TRY(all_of<std::string>(subjects, [](const Field& one) { return one.text(); })))
        if (subject.starts_with(kListPrefix)) names.push_back(subject.substr(kListPrefix.size()));
    return names;
}

/// Of each list the newest edition that is pinned.
Expected<std::map<std::string, Time>> newest(const Field& pins) {
    std::map<std::string, Time> lists;
    TRY(all_of<bool>(pins, [&](const Field& pin) -> Expected<bool> {
        const Time published = TRY(pin["published"].time());
        Time& known = lists.try_emplace(TRY(pin["name"].text()), published).first->second;
        known = std::max(known, published);
        return true;
    }));
    return lists;
}

/// An edition that two lists share is pinned once, and lists among the payers may have moved the
/// moment: then what looks old may not have been.
Expected<std::optional<bool>> has_old_list(const Field& answer) {
    const auto targets = TRY(lists_named(answer["result"]["to"]));
    if (targets.empty()) return std::optional(false);
    const Time asked = TRY(answer["lists_as_of"].time());
    const auto lists = TRY(newest(answer["lists"]));
    const bool is_certain = lists.size() == 1 && TRY(lists_named(answer["result"]["from"])).empty();
    for (const std::string& name : targets) {
        const auto found = lists.find(name);
        if (found == lists.end() || lies_behind(found->second, asked))
            return is_certain ? std::optional(true) : std::nullopt;
    }
    return std::optional(false);
}

/// A table or labels may be of other ledgers or of nobody on the chain: only an end at a service
/// shows that one was known.
std::optional<bool> lacks_services(const Bundle& bundle, const Field& answer) {
    if (answer["result"]["to"].size() == 0 || has_end(bundle, "service")) return false;
    if (answer["services"].is_null() && answer["labels"].size() == 0) return true;
    return std::nullopt;
}

Expected<std::vector<Code>> codes_of(const Bundle& bundle, const Field& answer) {
    const Field found = answer["result"];
    const bool is_limited = has_end(bundle, "max_hops") || has_end(bundle, "value_floor") ||
                            has_end(bundle, "time_window");
    const bool was_restarted = std::ranges::any_of(
        bundle.policies, [](const PolicyPart& policy) { return policy.restarts > 0; });
    return std::vector<Code>{{"NO_PAYOUTS", bundle.sources.empty()},
                             {"PAYOUTS_NOT_ON_CHAIN", found["not_on_chain"].size() > 0},
                             {"COINJOINS_LEFT_OUT", found["coinjoins_left_out"].size() > 0},
                             {"VALUE_FLOOR_RAISED", was_restarted},
                             {"LIMITS_REACHED", is_limited},
                             {"INDEX_BEHIND", is_behind(bundle, TRY(maybe_time(answer["moment"])))},
                             {"LIST_OUTDATED", TRY(has_old_list(answer))},
                             {"NO_SERVICES", lacks_services(bundle, answer)}};
}

/// The age of the index is that of its last block, whose header is enclosed.
Expected<void> check_tip(const Bundle& bundle, const Proven& proven) {
    const ProvenBlock* const tip = proven.block(bundle.as_of);
    if (tip == nullptr) return {};  // a bundle of an earlier build
    if (tip->hash != bundle.as_of_hash || Time{tip->header.time} != bundle.as_of_time)
        return broken("as_of is not the block whose header is enclosed at its height");
    return {};
}

}  // namespace

Expected<std::string> check_coverage(const Json& document,
                                     const Bundle& bundle,
                                     const Proven& proven) {
    const Field answer = Field(document, "")["result"]["answer"];
    const auto stated =
        TRY(all_of<std::string>(answer["coverage"], [](const Field& code) { return code.text(); }));
    TRY(check_tip(bundle, proven));
    const std::vector<Code> codes = TRY(codes_of(bundle, answer));
    for (const std::string& code : stated)
        if (std::ranges::find(codes, code, &Code::name) == codes.end())
            return broken("coverage has a code that no trace has: " + code);
    std::size_t known = 0;
    for (const Code& code : codes) {
        if (!code.is_due) continue;
        ++known;
        const bool is_there = std::ranges::find(stated, code.name) != stated.end();
        if (is_there == *code.is_due) continue;
        return broken(std::string(code.name) +
                      (*code.is_due ? " is not among the codes of coverage, and ought to be"
                                    : " is among the codes of coverage, and nothing else says so"));
    }
    return "of " + std::to_string(codes.size()) + " codes of coverage " + std::to_string(known) +
           " follow from the answer, and are there or not as they must be";
}

}  // namespace wagetrail::verifier
