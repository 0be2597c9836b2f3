#include "cli/verify/limits.h"

#include "chain/base/number.h"

#include "cli/verify/hops.h"
#include "cli/verify/verdict.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace wagetrail::verifier {
namespace {

struct Limits {
    std::uint64_t max_hops = 0;  // 0: none
    std::uint64_t min_value = 0;
    std::uint64_t transactions = 0;
    std::uint64_t busy_transactions = 0;
    std::uint64_t busy_addresses = 0;
    bool through_coinjoins = false;
    bool without_labels = false;
};

Expected<std::uint64_t> limit(const Field& field) {
    return TRY(field.units()).units();  // written as amounts are
}

Expected<bool> flag(const Field& field) {
    const std::uint64_t value = TRY(limit(field));
    if (value > 1) return field.wrong("flag: it is 0 or 1");
    return value == 1;
}

Expected<Limits> read_limits(const Field& field) {
    return Limits{.max_hops = TRY(limit(field["max_hops"])),
                  .min_value = TRY(limit(field["min_value_units"])),
                  .transactions = TRY(limit(field["transactions"])),
                  .busy_transactions = TRY(limit(field["busy_transactions"])),
                  .busy_addresses = TRY(limit(field["busy_addresses"])),
                  .through_coinjoins = TRY(flag(field["through_coinjoins"])),
                  .without_labels = TRY(flag(field["without_labels"]))};
}

/// A walk that was given up begins again with the floor doubled, at least once.
Expected<void> check_floor(const PolicyPart& policy, const Limits& limits) {
    const std::uint64_t floor = policy.value_floor.units();
    if (policy.restarts == 0) {
        if (floor == limits.min_value) return {};
        return broken(policy.path + "/value_floor is not the least value asked for, and no walk " +
                      "was given up");
    }
    std::uint64_t doubled = std::max<std::uint64_t>(limits.min_value, 1);
    std::uint64_t times = 0;
    for (; doubled < floor && doubled <= floor / 2; ++times) doubled *= 2;
    if (doubled == floor && times >= policy.restarts) return {};
    return broken(policy.path + "/value_floor is not the least value asked for, doubled for " +
                  std::to_string(policy.restarts) + " restarts");
}

Expected<void> check_work(const PolicyPart& policy, const Limits& limits) {
    if (policy.transactions > limits.transactions)
        return broken(policy.path + "/transactions are more than the limit of " +
                      std::to_string(limits.transactions));
    if (conserves(policy.policy) && policy.transactions != policy.steps.size())
        return broken(policy.path + "/transactions is not the number of its steps");
    return {};
}

/// "a cluster of 12 addresses" or "an address with 12 transactions": more than is allowed.
Expected<void> check_busy(const Stop& stop, const Limits& limits) {
    const auto beyond = [&](std::string_view before, std::string_view after, std::uint64_t most) {
        std::string_view words = stop.label;
        if (!words.starts_with(before) || !words.ends_with(after)) return false;
        words.remove_prefix(before.size());
        words.remove_suffix(std::min(after.size(), words.size()));
        const auto count = parse_number(words);
        return count && *count > most;
    };
    if (beyond("a cluster of ", " addresses", limits.busy_addresses) ||
        beyond("an address with ", " transactions", limits.busy_transactions))
        return {};
    return broken(stop.path + " is called possible_service for \"" + stop.label +
                  "\", and that is within the limits");
}

Expected<void> check_stop(const Stop& stop, const PolicyPart& policy, const Limits& limits) {
    if (stop.reason == "possible_service") return check_busy(stop, limits);
    if (stop.reason == "coinjoin" && limits.through_coinjoins)
        return broken(stop.path + " ends at a CoinJoin, and CoinJoins do not end the way");
    if (stop.reason == "time_window" || (stop.reason == "max_hops" && limits.max_hops == 0))
        return broken(stop.path + " ends at a limit that was not set: " + stop.reason);
    const bool was_asked = stop.reason == "max_hops" || stop.reason == "coinjoin";
    for (const Share& share : stop.shares) {
        if (!share.amount) continue;  // poison knows none
        const bool is_small = *share.amount < policy.value_floor;
        if ((stop.reason == "value_floor" && !is_small) || (was_asked && is_small))
            return broken(stop.path + ": a share is " + (is_small ? "below" : "not below") +
                          " the floor of " + std::to_string(policy.value_floor.units()) +
                          " units, and it ends for " + stop.reason);
    }
    return {};
}

/// Of each payout what goes on from an output.
Expected<std::map<SourceId, Amount>> followed(const Leg& leg) {
    std::map<SourceId, Amount> amounts;
    for (const Lot& lot : leg.lots) {
        if (!lot.source) continue;
        Amount& sum = amounts[*lot.source];
        const auto more = sum.plus(lot.quantity);
        if (!more) return broken(leg.path + ": the lots are more than there can be");
        sum = *more;
    }
    return amounts;
}

/// What went on had a way shorter than the limit, and was not below the floor.
Expected<void> check_steps(const Bundle& bundle, const PolicyPart& policy, const Limits& limits) {
    Hops hops(bundle);
    for (const Step& step : policy.steps) {
        for (const Leg& leg : bundle.forward ? step.inputs : step.outputs) {
            for (const auto& [source, amount] : TRY(followed(leg))) {
                if (amount < policy.value_floor)
                    return broken(leg.path + " was followed below the value floor");
                if (limits.max_hops > 0 && hops.at(leg.at, source).least >= limits.max_hops)
                    return broken(leg.path + " was followed beyond the limit of hops");
            }
        }
        hops.take(step);
    }
    for (const Stop& stop : policy.stopped)
        for (const Share& share : stop.shares)
            if (stop.reason == "max_hops" &&
                hops.at(stop.coin.at(), share.source).most < limits.max_hops)
                return broken(stop.path + " ends before it has come to the limit of hops");
    return {};
}

Expected<void> check_policy(const Bundle& bundle, const PolicyPart& policy, const Limits& limits) {
    TRY(check_floor(policy, limits));
    TRY(check_work(policy, limits));
    for (const Stop& stop : policy.stopped) TRY(check_stop(stop, policy, limits));
    for (const Arrival& arrival : policy.reached)
        if (limits.max_hops > 0 && arrival.hops > limits.max_hops)
            return broken(arrival.path + " lies beyond the limit of hops");
    if (conserves(policy.policy)) TRY(check_steps(bundle, policy, limits));
    return {};
}

Expected<void> check_policies(const Field& answer, const Bundle& bundle) {
    Json named = Json::array();
    for (const PolicyPart& policy : bundle.policies) named.push_back(name(policy.policy));
    if (answer["policies"].json() == named) return {};
    return broken("the policies named are not those of the results");
}

}  // namespace

Expected<std::string> check_limits(const Json& document, const Bundle& bundle) {
    const Field answer = Field(document, "")["result"]["answer"];
    const Limits limits = TRY(read_limits(answer["limits"]));
    TRY(check_policies(answer, bundle));
    if (limits.without_labels && answer["labels"].size() > 0)
        return broken("labels are named, and the limits say that none were asked");
    for (const PolicyPart& policy : bundle.policies) TRY(check_policy(bundle, policy, limits));
    return "no walk went beyond the limits, and what ended at one had reached it";
}

}  // namespace wagetrail::verifier
