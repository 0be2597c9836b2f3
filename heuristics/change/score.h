// How often the change rules were right: counts over payments whose change is known, which rules
// are worth a vote, and the least margin that keeps the error below a target. Integers only. Pure.
#pragma once

#include "heuristics/change/ballot.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace wagetrail {

/// Outputs that are change and outputs that are not, and how many of each were taken for change.
struct Hits {
    std::uint64_t change = 0;
    std::uint64_t other = 0;
    friend bool operator==(const Hits&, const Hits&) = default;
};

/// A ballot has at most one vote a rule.
inline constexpr unsigned kMarginMax = kChangeRules.size();

/// Counts payments by what each rule said, so that any set of rules can be judged afterwards.
class Score {
  public:
    /// change: index into payment.outputs.
    void add(const Payment& payment, std::size_t change, const ChangeParameters& set);
    void add(const Score& other);

    [[nodiscard]] std::uint64_t rows() const { return outputs_.change; }
    [[nodiscard]] const Hits& outputs() const { return outputs_; }  // all there were
    [[nodiscard]] Hits of_rule(ChangeRule rule) const;
    /// [m]: leaders by m votes or more among these rules; [0] is empty.
    [[nodiscard]] std::array<Hits, kMarginMax + 1> by_margin(RuleSet rules) const;
    friend bool operator==(const Score&, const Score&) = default;

  private:
    // Per rule four bits: 0 abstained, 1 took the change, 2 and more one of the other outputs.
    using Pattern = std::uint64_t;
    Hits outputs_;
    std::map<Pattern, std::uint64_t> rows_by_pattern_;
};

/// A false-positive rate as one in so many.
struct ErrorTarget {
    std::uint64_t one_in = 1000;
};
inline constexpr std::array kErrorTargets = {ErrorTarget{1000}, ErrorTarget{10'000}};

/// Whether so few errors were possible to see at all: with 500 outputs that are not change none can
/// tell 1 in 1000 from nothing.
[[nodiscard]] bool resolves(const Hits& outputs, ErrorTarget target);
[[nodiscard]] bool meets(const Hits& taken, const Hits& outputs, ErrorTarget target);

/// The rules whose true-positive rate is at least so many times their false-positive rate.
inline constexpr std::uint64_t kLikelihoodMin = 4;
[[nodiscard]] RuleSet telling_rules(const Score& score);

/// The least margin among these rules whose errors meet the target; nullopt when none does or it is
/// not resolved.
[[nodiscard]] std::optional<unsigned> least_margin(const Score& score,
                                                   RuleSet rules,
                                                   ErrorTarget target);

}  // namespace wagetrail
