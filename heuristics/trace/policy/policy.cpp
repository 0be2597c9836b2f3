#include "heuristics/trace/policy/policy.h"

#include "chain/base/join_words.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace wagetrail {
namespace {

__extension__ using Wide = unsigned __int128;

struct Rule {
    Policy policy;
    std::string_view name;
    /// nullptr: does not conserve.
    Split (*split)(std::span<const Lot> lots, std::span<const Amount> outputs);
    bool keeps_order;  // of lots within an output
    bool crosses;      // an output may hold a share of every lot
};

constexpr std::array kRules{
    Rule{Policy::fifo, "fifo", fifo, true, false},
    Rule{Policy::lifo, "lifo", lifo, true, false},
    Rule{Policy::haircut, "haircut", haircut, false, true},
    Rule{Policy::tainted_first, "tainted-first", tainted_first, false, false},
    Rule{Policy::libr, "libr", libr, false, false},
    Rule{Policy::poison, "poison", nullptr, false, true},
};
constexpr auto kPolicies = [] {
    std::array<Policy, kRules.size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = kRules[i].policy;
    return all;
}();

const Rule& rule(Policy policy) {
    const auto found = std::find_if(kRules.begin(), kRules.end(),
                                    [&](const Rule& one) { return one.policy == policy; });
    CHECK(found != kRules.end());
    return *found;
}

Amount sum(std::span<const Amount> amounts) {
    return std::accumulate(amounts.begin(), amounts.end(), Amount());
}

/// What is left of a lot while outputs are filled.
struct Rest {
    Amount basis;
    Amount quantity;
};

std::vector<Rest> rests(std::span<const Lot> lots) {
    std::vector<Rest> all;
    all.reserve(lots.size());
    for (const Lot& lot : lots) all.push_back({lot.basis, lot.quantity});
    return all;
}

Share take(std::vector<Rest>& left, std::size_t lot, Amount quantity) {
    Rest& rest = left[lot];
    const Amount basis = scaled(rest.basis, quantity, rest.quantity);
    rest.basis -= basis;
    rest.quantity -= quantity;
    return {lot, basis, quantity};
}

std::vector<std::size_t> in_order(std::span<const Lot> lots) {
    std::vector<std::size_t> order(lots.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    return order;
}

/// The lots in this order are a queue; outputs in order are cut off its head.
Split cut_off(std::span<const Lot> lots,
              std::span<const std::size_t> order,
              std::span<const Amount> outputs) {
    std::vector<Rest> left = rests(lots);
    Split filled(outputs.size());
    std::size_t head = 0;
    for (std::size_t out = 0; out < outputs.size(); ++out) {
        Amount missing = outputs[out];
        while (!missing.is_zero()) {
            CHECK(head < order.size());
            const std::size_t lot = order[head];
            const Amount cut = std::min(missing, left[lot].quantity);
            if (!cut.is_zero()) filled[out].push_back(take(left, lot, cut));
            missing -= cut;
            if (left[lot].quantity.is_zero()) ++head;
        }
    }
    for (; head < order.size(); ++head) CHECK(left[order[head]].quantity.is_zero());
    return filled;
}

/// total in proportion to weights, by largest remainder, ties to the earlier weight. total is not
/// more than the weights together, so no part is larger than its weight.
std::vector<Amount> apportion(Amount total, std::span<const Amount> weights) {
    std::vector<Amount> parts(weights.size());
    const Amount whole = sum(weights);
    CHECK(total <= whole);
    if (total.is_zero()) return parts;
    std::vector<std::uint64_t> remainders(weights.size());
    Amount given;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Wide product = Wide{total.units()} * weights[i].units();
        parts[i] = Amount(static_cast<std::uint64_t>(product / whole.units()));
        remainders[i] = static_cast<std::uint64_t>(product % whole.units());
        given += parts[i];
    }
    const std::uint64_t missing = (total - given).units();
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto larger = [&](std::size_t a, std::size_t b) {
        return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
    };
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(missing),
                      order.end(), larger);
    for (std::size_t i = 0; i < missing; ++i) parts[order[i]] += Amount(1);
    return parts;
}

/// Fills amounts in order from the lots named by members, each amount in proportion to what is left
/// of every one, and appends the shares to the outputs.
void fill(std::span<const Amount> amounts,
          std::span<const std::size_t> members,
          std::vector<Rest>& left,
          Split& outputs) {
    std::vector<Amount> weights(members.size());
    for (std::size_t out = 0; out < amounts.size(); ++out) {
        if (amounts[out].is_zero()) continue;
        for (std::size_t i = 0; i < members.size(); ++i) weights[i] = left[members[i]].quantity;
        const std::vector<Amount> parts = apportion(amounts[out], weights);
        for (std::size_t i = 0; i < members.size(); ++i)
            if (!parts[i].is_zero()) outputs[out].push_back(take(left, members[i], parts[i]));
    }
}

void join(Lot& lot, const Share& share) {
    lot.basis += share.basis;
    lot.quantity += share.quantity;
}

bool same_source(const Lot& a, const Lot& b) {
    return a.source == b.source;
}

/// Sorted by source, the untainted rest last.
bool before(const Lot& a, const Lot& b) {
    if (!a.source || !b.source) return a.source.has_value() && !b.source.has_value();
    return *a.source < *b.source;
}

}  // namespace

std::string_view name(Policy policy) {
    return rule(policy).name;
}

std::optional<Policy> parse_policy(std::string_view word) {
    for (const Rule& one : kRules)
        if (one.name == word) return one.policy;
    return std::nullopt;
}

std::span<const Policy> all_policies() {
    return kPolicies;
}

std::string policy_names() {
    return join_words(kRules, ", ", &Rule::name);
}

Split fifo(std::span<const Lot> lots, std::span<const Amount> outputs) {
    return cut_off(lots, in_order(lots), outputs);
}

Split lifo(std::span<const Lot> lots, std::span<const Amount> outputs) {
    std::vector<std::size_t> order = in_order(lots);
    std::reverse(order.begin(), order.end());
    Split filled = cut_off(lots, order, outputs);
    for (std::vector<Share>& output : filled) std::reverse(output.begin(), output.end());
    return filled;
}

Split tainted_first(std::span<const Lot> lots, std::span<const Amount> outputs) {
    std::vector<std::size_t> order = in_order(lots);
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t lot) { return lots[lot].source.has_value(); });
    return cut_off(lots, order, outputs);
}

Split libr(std::span<const Lot> lots, std::span<const Amount> outputs) {
    std::vector<std::size_t> order = in_order(lots);
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t lot) { return !lots[lot].source.has_value(); });
    return cut_off(lots, order, outputs);
}

Split haircut(std::span<const Lot> lots, std::span<const Amount> outputs) {
    std::vector<std::size_t> tainted;
    std::vector<std::size_t> untainted;
    Amount taint;
    Amount whole;
    for (std::size_t i = 0; i < lots.size(); ++i) {
        (lots[i].source ? tainted : untainted).push_back(i);
        if (lots[i].source) taint += lots[i].quantity;
        whole += lots[i].quantity;
    }
    CHECK(whole == sum(outputs));
    const std::vector<Amount> taints = apportion(taint, outputs);
    std::vector<Amount> rest(outputs.begin(), outputs.end());
    for (std::size_t out = 0; out < rest.size(); ++out) rest[out] -= taints[out];

    std::vector<Rest> left = rests(lots);
    Split filled(outputs.size());
    fill(taints, tainted, left, filled);
    fill(rest, untainted, left, filled);
    return filled;
}

bool conserves(Policy policy) {
    return rule(policy).split != nullptr;
}

Split split(Policy policy, std::span<const Lot> lots, std::span<const Amount> outputs) {
    CHECK(conserves(policy));
    return rule(policy).split(lots, outputs);
}

bool keeps_order(Policy policy) {
    return rule(policy).keeps_order;
}

std::vector<Lot> lots_of(Policy policy, std::span<const Lot> lots, std::span<const Share> shares) {
    std::vector<Lot> all;
    all.reserve(shares.size());
    for (const Share& share : shares)
        all.push_back({lots[share.lot].source, share.basis, share.quantity});
    if (!rule(policy).keeps_order) std::stable_sort(all.begin(), all.end(), before);

    std::vector<Lot> joined;
    for (const Lot& lot : all) {
        if (!joined.empty() && same_source(joined.back(), lot))
            join(joined.back(), {0, lot.basis, lot.quantity});
        else
            joined.push_back(lot);
    }
    return joined;
}

std::vector<Lot> without(Policy policy,
                         std::vector<Lot> lots,
                         const std::function<bool(SourceId)>& is_left) {
    std::vector<Share> whole;
    whole.reserve(lots.size());
    for (std::size_t i = 0; i < lots.size(); ++i) {
        Lot& lot = lots[i];
        if (lot.source && is_left(*lot.source)) lot = {std::nullopt, Amount(), lot.quantity};
        whole.push_back({i, lot.basis, lot.quantity});
    }
    return lots_of(policy, lots, whole);
}

std::uint64_t shares_max(Policy policy, std::size_t lots, std::size_t outputs) {
    const std::uint64_t across = std::uint64_t{lots} * outputs;
    return rule(policy).crosses ? across : std::min<std::uint64_t>(across, lots + outputs);
}

}  // namespace wagetrail
