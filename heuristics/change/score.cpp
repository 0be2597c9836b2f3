#include "heuristics/change/score.h"

#include <algorithm>

namespace wagetrail {
namespace {

constexpr unsigned kBitsPerRule = 4;
constexpr std::uint64_t kRuleMask = (1U << kBitsPerRule) - 1;
constexpr std::uint64_t kTookChange = 1;

std::uint64_t said(std::uint64_t pattern, std::size_t rule) {
    return pattern >> (kBitsPerRule * rule) & kRuleMask;
}

}  // namespace

void Score::add(const Payment& payment, std::size_t change, const ChangeParameters& set) {
    CHECK(change < payment.outputs.size() && payment.outputs.size() <= kRuleMask);
    ++outputs_.change;
    outputs_.other += payment.outputs.size() - 1;
    Pattern pattern = 0;
    for (std::size_t i = 0; i < kChangeRules.size(); ++i) {
        const std::vector<Vote> cast = votes(kChangeRules[i], payment, set);
        const auto choice = std::find(cast.begin(), cast.end(), Vote::change);
        if (choice == cast.end()) continue;
        const auto output = static_cast<std::size_t>(choice - cast.begin());
        const std::uint64_t what =
            output == change ? kTookChange : output + (output < change ? 2U : 1U);
        pattern |= what << (kBitsPerRule * i);
    }
    ++rows_by_pattern_[pattern];
}

void Score::add(const Score& other) {
    outputs_.change += other.outputs_.change;
    outputs_.other += other.outputs_.other;
    for (const auto& [pattern, rows] : other.rows_by_pattern_) rows_by_pattern_[pattern] += rows;
}

Hits Score::of_rule(ChangeRule rule) const {
    Hits hits;
    for (const auto& [pattern, rows] : rows_by_pattern_) {
        const std::uint64_t what = said(pattern, static_cast<std::size_t>(rule));
        if (what == kTookChange) hits.change += rows;
        if (what > kTookChange) hits.other += rows;
    }
    return hits;
}

std::array<Hits, kMarginMax + 1> Score::by_margin(RuleSet rules) const {
    std::array<Hits, kMarginMax + 1> hits{};
    for (const auto& [pattern, rows] : rows_by_pattern_) {
        std::array<unsigned, kRuleMask + 1> counts{};
        for (std::size_t i = 0; i < kChangeRules.size(); ++i)
            if (rules.test(i)) ++counts.at(said(pattern, i));
        counts[0] = 0;  // who abstains counts for nobody
        const auto best = std::max_element(counts.begin(), counts.end());
        const bool is_change = best - counts.begin() == kTookChange;
        const unsigned votes = *best;
        *best = 0;
        const unsigned margin = votes - *std::max_element(counts.begin(), counts.end());
        for (unsigned m = 1; m <= margin; ++m)
            (is_change ? hits.at(m).change : hits.at(m).other) += rows;
    }
    return hits;
}

bool resolves(const Hits& outputs, ErrorTarget target) {
    return outputs.other >= target.one_in;
}

bool meets(const Hits& taken, const Hits& outputs, ErrorTarget target) {
    return taken.other <= outputs.other / target.one_in;
}

RuleSet telling_rules(const Score& score) {
    RuleSet telling;
    for (std::size_t i = 0; i < kChangeRules.size(); ++i) {
        const Hits taken = score.of_rule(kChangeRules[i]);
        // Rates are compared by cross-multiplication; counts stay far below 2^31.
        telling.set(i,
                    taken.change > 0 && taken.change * score.outputs().other >=
                                            kLikelihoodMin * taken.other * score.outputs().change);
    }
    return telling;
}

std::optional<unsigned> least_margin(const Score& score, RuleSet rules, ErrorTarget target) {
    if (!resolves(score.outputs(), target)) return std::nullopt;
    const auto hits = score.by_margin(rules);
    for (unsigned margin = 1; margin <= kMarginMax; ++margin)
        if (hits.at(margin).change > 0 && meets(hits.at(margin), score.outputs(), target))
            return margin;
    return std::nullopt;
}

}  // namespace wagetrail
