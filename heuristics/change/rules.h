// Which output of a payment is its change? Each rule is a published definition and casts one vote
// an output; HEURISTICS.md "change" has claims, sources, parameters and measured errors. Pure.
#pragma once

#include "heuristics/change/payment.h"

#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

namespace wagetrail {

/// Version of the rules and of how they are counted (HEURISTICS.md). Raised when one changes.
inline constexpr std::string_view kChangeVersion = "change-1";

enum class ChangeRule : std::uint8_t {
    one_time,        // the only output to an address that is new
    single_receipt,  // the only output to an address that never receives again
    address_type,    // the only output of the inputs' kind
    power_of_ten,    // the only amount that is not round in coins
    round_fiat,      // the only amount that is not round in dollars
    optimal_change,  // the only amount below every input: otherwise one input was unnecessary
    locktime,        // the only one whose spender has the payment's class of lock time
    version,         // ... its version
    rbf,             // ... its signal of replaceability
    witness,         // ... its use of witnesses
    consumer,        // the only one not spent by a transaction of three outputs or more
    peel,            // the only one that goes on as a chain of one input and two outputs
};
inline constexpr std::array kChangeRules = {
    ChangeRule::one_time,     ChangeRule::single_receipt, ChangeRule::address_type,
    ChangeRule::power_of_ten, ChangeRule::round_fiat,     ChangeRule::optimal_change,
    ChangeRule::locktime,     ChangeRule::version,        ChangeRule::rbf,
    ChangeRule::witness,      ChangeRule::consumer,       ChangeRule::peel,
};
[[nodiscard]] std::string_view name(ChangeRule rule);
/// nullopt for any other word.
[[nodiscard]] std::optional<ChangeRule> parse_change_rule(std::string_view word);

/// Bit i: the rule kChangeRules[i] takes part.
using RuleSet = std::bitset<kChangeRules.size()>;
inline const RuleSet kAllChangeRules = RuleSet().set();

enum class Vote : std::int8_t { not_change = -1, abstain = 0, change = 1 };

struct ChangeParameters {
    unsigned round_zeros = 4;      // power_of_ten: decimal zeros of base units that make it round
    std::size_t outputs_max = 10;  // beyond it no rule acts: a batch, whose change is measured
                                   // nowhere
};

/// Whether the rules may act: one author, several outputs, and none of them openly back to an
/// address that was spent from.
[[nodiscard]] bool may_have_change(const Payment& payment, const ChangeParameters& set);

/// One vote per output of the payment. A rule that singles out one output votes for it and against
/// the others; else it abstains on all. Abstains on all where may_have_change says no.
[[nodiscard]] std::vector<Vote> votes(ChangeRule rule,
                                      const Payment& payment,
                                      const ChangeParameters& set);

}  // namespace wagetrail
