#include "heuristics/trace/policy/policy.h"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <string>

namespace wagetrail {
namespace {

Lot tainted(std::uint32_t source, std::uint64_t units) {
    return {SourceId(source), Amount(units), Amount(units)};
}
Lot clean(std::uint64_t units) {
    return {std::nullopt, Amount(), Amount(units)};
}

std::vector<Amount> amounts(const std::vector<std::uint64_t>& units) {
    std::vector<Amount> all;
    for (const std::uint64_t one : units) all.emplace_back(one);
    return all;
}

/// "3T0+2c": what an output consists of.
std::string shown(const std::vector<Lot>& lots) {
    std::string text;
    for (const Lot& lot : lots) {
        if (!text.empty()) text += '+';
        text += std::to_string(lot.quantity.units());
        text += lot.source ? "T" + std::to_string(lot.source->value) : "c";
    }
    return text;
}

std::vector<std::string> step(Policy policy,
                              const std::vector<Lot>& lots,
                              const std::vector<std::uint64_t>& outputs) {
    const std::vector<Amount> wanted = amounts(outputs);
    std::vector<std::string> all;
    for (const auto& shares : split(policy, lots, wanted))
        all.push_back(shown(lots_of(policy, lots, shares)));
    return all;
}

using Texts = std::vector<std::string>;

std::uint64_t taint(const std::vector<Lot>& lots) {
    std::uint64_t units = 0;
    for (const Lot& lot : lots)
        if (lot.source) units += lot.quantity.units();
    return units;
}

std::vector<Policy> conserving() {
    std::vector<Policy> all(all_policies().begin(), all_policies().end());
    std::erase_if(all, [](Policy policy) { return !conserves(policy); });
    return all;
}

/// A step out of some lots into some outputs, the fee last.
struct RandomStep {
    std::vector<Lot> lots;
    std::vector<Amount> outputs;
    std::uint64_t total = 0;
    std::uint64_t taints = 0;
};

RandomStep random_step(std::mt19937_64& rng, std::uint64_t scale) {
    const auto below = [&](std::uint64_t bound) { return rng() % bound; };
    RandomStep step;
    for (std::uint64_t i = 1 + below(8); i > 0; --i) {
        const std::uint64_t units = 1 + below(scale);
        const bool is_clean = below(3) == 0;
        step.lots.push_back(is_clean ? clean(units)
                                     : tainted(static_cast<std::uint32_t>(below(4)), units));
        step.total += units;
        if (!is_clean) step.taints += units;
    }
    std::uint64_t left = step.total;
    for (std::uint64_t i = below(6); i > 0; --i) {
        const std::uint64_t units = below(left + 1);
        step.outputs.emplace_back(units);
        left -= units;
    }
    step.outputs.emplace_back(left);
    return step;
}

/// Of every prefix of the outputs.
std::vector<std::uint64_t> leading_taints(Policy policy, const RandomStep& step) {
    std::vector<std::uint64_t> sums;
    std::uint64_t sum = 0;
    for (const auto& shares : split(policy, step.lots, step.outputs))
        sums.push_back(sum += taint(lots_of(policy, step.lots, shares)));
    return sums;
}

/// One case of the shared regtest chain: payouts, then steps that spend coins by name.
struct Case {
    struct Step {
        std::vector<std::string> inputs;
        std::vector<std::pair<std::string, std::uint64_t>> outputs;  // the fee last
        std::vector<std::uint64_t> fifo;
        std::vector<std::uint64_t> haircut;
    };
    std::map<std::string, Lot> coins;
    std::vector<Step> steps;
};

void reaches_the_figures(const Case& one, Policy policy) {
    std::map<std::string, std::vector<Lot>> coins;
    for (const auto& [coin, lot] : one.coins) coins[coin] = {lot};
    for (const Case::Step& step : one.steps) {
        std::vector<Lot> lots;
        std::vector<Amount> outputs;
        for (const std::string& input : step.inputs)
            lots.insert(lots.end(), coins.at(input).begin(), coins.at(input).end());
        for (const auto& [coin, units] : step.outputs) outputs.emplace_back(units);
        const Split parts = split(policy, lots, outputs);
        std::vector<std::uint64_t> taints;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            coins[step.outputs[i].first] = lots_of(policy, lots, parts[i]);
            taints.push_back(taint(coins[step.outputs[i].first]));
        }
        CHECK(taints == (policy == Policy::fifo ? step.fifo : step.haircut));
    }
}

const std::vector<Case>& worked_cases() {
    static const std::vector<Case> kCases{
        {{{"pay", tainted(0, 40000000)}},
         {{{"pay"}, {{"a", 39999000}, {"fee", 1000}}, {39999000, 1000}, {39999000, 1000}},
          {{"a"},
           {{"s", 15999600}, {"k", 23997900}, {"fee", 1500}},
           {15999600, 23997900, 1500},
           {15999600, 23997900, 1500}}}},
        {{{"pay", tainted(0, 40000000)}, {"other", clean(20000000)}},
         {{{"pay", "other"},
           {{"a", 45000000}, {"w", 14998000}, {"fee", 2000}},
           {40000000, 0, 0},
           {30000000, 9998667, 1333}},
          {{"a"},
           {{"s", 18000000}, {"k", 26998500}, {"fee", 1500}},
           {18000000, 22000000, 0},
           {12000000, 17999000, 1000}}}},
        {{{"pay", tainted(0, 40000000)}, {"other", clean(20000000)}},
         {{{"other", "pay"},
           {{"a", 45000000}, {"w", 14998000}, {"fee", 2000}},
           {25000000, 14998000, 2000},
           {30000000, 9998667, 1333}},
          {{"a"},
           {{"k", 26998500}, {"s", 18000000}, {"fee", 1500}},
           {6998500, 18000000, 1500},
           {17999000, 12000000, 1000}}}},
        {{{"pay", tainted(0, 40000000)},
          {"payB", tainted(1, 15000000)},
          {"other", clean(35000000)}},
         {{{"other", "pay", "payB"},
           {{"a", 30000000}, {"o", 45000000}, {"b", 14997000}, {"fee", 3000}},
           {0, 40000000, 14997000, 3000},
           {18333334, 27500000, 9164833, 1833}},
          {{"b", "a"},
           {{"s", 14999000}, {"k", 7499500}, {"t", 22495999}, {"fee", 2501}},
           {14997000, 0, 0, 0},
           {9166056, 4583028, 13747555, 1528}}}},
        {{{"pay", tainted(0, 30000001)},
          {"payB", tainted(1, 12345679)},
          {"other", clean(20000000)}},
         {{{"payB", "other", "pay"},
           {{"a", 8906525}, {"none", 0}, {"b", 12469136}, {"w", 40969242}, {"fee", 777}},
           {8906525, 0, 3439154, 29999224, 777},
           {6049382, 0, 8469136, 27826634, 528}},
          {{"b", "a"},
           {{"s", 7125220}, {"k", 3562610}, {"t", 10685330}, {"fee", 2501}},
           {3439154, 0, 8904024, 2501},
           {4839506, 2419753, 7257560, 1699}}}},
    };
    return kCases;
}

}  // namespace

TEST_CASE("policy: fifo cuts the inputs, in order, into the outputs, in order", "[trace][policy]") {
    REQUIRE(step(Policy::fifo, {tainted(0, 4), clean(2)}, {3, 2, 1}) ==
            Texts{"3T0", "1T0+1c", "1c"});
    REQUIRE(step(Policy::fifo, {clean(2), tainted(0, 4)}, {3, 2, 1}) ==
            Texts{"2c+1T0", "2T0", "1T0"});
}

TEST_CASE("policy: fifo joins neighbours of one source, and only those", "[trace][policy]") {
    REQUIRE(step(Policy::fifo, {tainted(0, 1), tainted(0, 2), clean(1), tainted(0, 1)}, {5}) ==
            Texts{"3T0+1c+1T0"});
}

TEST_CASE("policy: haircut gives every output the same fraction", "[trace][policy]") {
    REQUIRE(step(Policy::haircut, {tainted(0, 50), clean(50)}, {60, 40}) ==
            Texts{"30T0+30c", "20T0+20c"});
    REQUIRE(step(Policy::haircut, {tainted(1, 30), tainted(0, 20), clean(50)}, {10, 80, 10}) ==
            Texts{"2T0+3T1+5c", "16T0+24T1+40c", "2T0+3T1+5c"});
}

TEST_CASE("policy: haircut gives the odd unit to the largest remainder, then to the earlier one",
          "[trace][policy]") {
    // Exactly 1/3 of taint for each of three outputs: the first one gets it.
    REQUIRE(step(Policy::haircut, {tainted(0, 1), clean(2)}, {1, 1, 1}) ==
            Texts{"1T0", "1c", "1c"});
    // 2/3, 2/3, 2/3: the first two.
    REQUIRE(step(Policy::haircut, {clean(1), tainted(0, 2)}, {1, 1, 1}) ==
            Texts{"1T0", "1T0", "1c"});
    // Two sources with equal shares of one odd unit: the earlier input.
    REQUIRE(step(Policy::haircut, {tainted(1, 1), tainted(0, 1)}, {1, 1}) == Texts{"1T1", "1T0"});
}

TEST_CASE("policy: nothing goes into an output of nothing", "[trace][policy]") {
    const auto policy = GENERATE(from_range(conserving()));
    REQUIRE(step(policy, {tainted(0, 3)}, {0, 3, 0}) == Texts{"", "3T0", ""});
    REQUIRE(step(policy, {}, {0}) == Texts{""});
}

TEST_CASE("policy: the basis is divided like the quantity, to the last unit", "[trace][policy]") {
    const auto policy = GENERATE(from_range(conserving()));
    const std::vector<Lot> lots{{SourceId(0), Amount(10), Amount(7)}};
    const Split parts = split(policy, lots, amounts({2, 2, 3}));
    REQUIRE(parts[0][0] == Share{0, Amount(2), Amount(2)});
    REQUIRE(parts[1][0] == Share{0, Amount(3), Amount(2)});
    REQUIRE(parts[2][0] == Share{0, Amount(5), Amount(3)});
}

TEST_CASE("policy: the largest amounts of a chain do not overflow", "[trace][policy]") {
    const auto policy = GENERATE(from_range(conserving()));
    constexpr std::uint64_t kAll = std::numeric_limits<std::uint64_t>::max();
    const std::vector<Lot> lots{tainted(0, kAll - 1), clean(1)};
    const Split parts = split(policy, lots, amounts({kAll - 2, 2}));
    REQUIRE(parts[0].size() + parts[1].size() >= 3);
}

TEST_CASE("policy: the five worked cases are reached to the last unit", "[trace][policy]") {
    const auto number = GENERATE(range(std::size_t{0}, std::size_t{5}));
    INFO("case " << number + 1);
    reaches_the_figures(worked_cases()[number], Policy::fifo);
    reaches_the_figures(worked_cases()[number], Policy::haircut);
}

TEST_CASE("policy: case 5 in segments", "[trace][policy]") {
    REQUIRE(step(Policy::fifo, {tainted(1, 12345679), clean(20000000), tainted(0, 30000001)},
                 {8906525, 0, 12469136, 40969242, 777}) ==
            Texts{"8906525T1", "", "3439154T1+9029982c", "10970018c+29999224T0", "777T0"});
}

TEST_CASE("policy: lots and outputs sum to the last unit, and haircut is never a unit off",
          "[trace][policy]") {
    const auto policy = GENERATE(from_range(conserving()));
    const auto seed = GENERATE(1U, 2U, 3U);
    INFO("seed " << seed);
    std::mt19937_64 rng(seed);
    for (int round = 0; round < 400; ++round) {
        const auto [lots, outputs, total, taints] =
            random_step(rng, round % 2 == 0 ? 10 : 5'000'000'000);
        const Split parts = split(policy, lots, outputs);
        REQUIRE(parts.size() == outputs.size());
        std::vector<Amount> used(lots.size());
        std::vector<Amount> basis(lots.size());
        for (std::size_t out = 0; out < outputs.size(); ++out) {
            Amount filled;
            for (const Share& share : parts[out]) {
                REQUIRE_FALSE(share.quantity.is_zero());
                filled += share.quantity;
                used[share.lot] += share.quantity;
                basis[share.lot] += share.basis;
            }
            REQUIRE(filled == outputs[out]);
            if (policy != Policy::haircut) continue;
            // |taint * total - taints * output| < total
            __extension__ using Wide = __int128;
            const Wide error = Wide{taint(lots_of(policy, lots, parts[out]))} * total -
                               Wide{taints} * outputs[out].units();
            REQUIRE((error < Wide{total} && -error < Wide{total}));
        }
        for (std::size_t i = 0; i < lots.size(); ++i) {
            REQUIRE(used[i] == lots[i].quantity);
            REQUIRE(basis[i] == lots[i].basis);
        }
    }
}

TEST_CASE("policy: leading outputs have the least taint under libr and the most tainted-first",
          "[trace][policy]") {
    std::mt19937_64 rng(7);
    for (int round = 0; round < 300; ++round) {
        const RandomStep step = random_step(rng, round % 2 == 0 ? 12 : 5'000'000'000);
        const auto least = leading_taints(Policy::libr, step);
        const auto most = leading_taints(Policy::tainted_first, step);
        std::uint64_t paid = 0;
        for (std::size_t out = 0; out < step.outputs.size(); ++out) {
            paid += step.outputs[out].units();
            // What own money cannot pay must be tainted; more than all taint cannot be.
            const std::uint64_t own = step.total - step.taints;
            REQUIRE(least[out] == (paid > own ? paid - own : 0));
            REQUIRE(most[out] == std::min(paid, step.taints));
            for (const Policy policy : {Policy::fifo, Policy::lifo, Policy::haircut}) {
                const std::uint64_t here = leading_taints(policy, step)[out];
                REQUIRE(least[out] <= here);
                REQUIRE(here <= most[out]);
            }
        }
    }
}

TEST_CASE("policy: what an output is made of, cut back into the inputs, is what they gave it",
          "[trace][policy]") {
    // Every input its own source; then each output its own, with the sides exchanged.
    const auto policy = GENERATE(Policy::fifo, Policy::lifo);
    std::mt19937_64 rng(11);
    for (int round = 0; round < 300; ++round) {
        const RandomStep step = random_step(rng, round % 2 == 0 ? 12 : 5'000'000'000);
        std::vector<Lot> inputs;
        std::vector<Amount> input_amounts;
        for (const Lot& lot : step.lots) {
            inputs.push_back(
                tainted(static_cast<std::uint32_t>(inputs.size()), lot.quantity.units()));
            input_amounts.push_back(lot.quantity);
        }
        std::vector<Lot> outputs;
        for (const Amount amount : step.outputs)
            outputs.push_back(tainted(static_cast<std::uint32_t>(outputs.size()), amount.units()));
        std::map<std::pair<std::size_t, std::size_t>, Amount> forward;
        std::map<std::pair<std::size_t, std::size_t>, Amount> backward;
        const Split there = split(policy, inputs, step.outputs);
        for (std::size_t out = 0; out < there.size(); ++out)
            for (const Share& share : there[out]) forward[{share.lot, out}] += share.quantity;
        const Split back = split(policy, outputs, input_amounts);
        for (std::size_t in = 0; in < back.size(); ++in)
            for (const Share& share : back[in]) backward[{in, share.lot}] += share.quantity;
        REQUIRE(forward == backward);
    }
}

TEST_CASE("policy: poison takes nothing apart", "[trace][policy]") {
    CHECK_FALSE(conserves(Policy::poison));
    CHECK(conserving().size() == 5);
    CHECK(policy_names() == "fifo, lifo, haircut, tainted-first, libr, poison");
}

TEST_CASE("policy: names are read back", "[trace][policy]") {
    for (const Policy policy : all_policies()) REQUIRE(parse_policy(name(policy)) == policy);
    REQUIRE_FALSE(parse_policy("FIFO").has_value());
    REQUIRE_FALSE(parse_policy("").has_value());
}

}  // namespace wagetrail
