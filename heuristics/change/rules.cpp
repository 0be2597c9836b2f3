#include "heuristics/change/rules.h"

#include <algorithm>

namespace wagetrail {
namespace {

using index::TxFlags;

/// For the one output that the predicate holds for, against the others.
template <class Predicate>
std::vector<Vote> single_out(const Payment& payment, Predicate holds) {
    std::vector<Vote> cast(payment.outputs.size(), Vote::not_change);
    std::size_t found = 0;
    for (std::size_t i = 0; i < cast.size(); ++i) {
        if (!holds(payment.outputs[i])) continue;
        cast[i] = Vote::change;
        ++found;
    }
    if (found != 1) std::fill(cast.begin(), cast.end(), Vote::abstain);
    return cast;
}

std::vector<Vote> all_abstain(const Payment& payment) {
    return std::vector<Vote>(payment.outputs.size(), Vote::abstain);
}

/// What spent the outputs decides: nothing is known before all of them are spent.
template <class Predicate>
std::vector<Vote> single_out_spender(const Payment& payment, Predicate holds) {
    const bool all_spent =
        std::all_of(payment.outputs.begin(), payment.outputs.end(),
                    [](const PaymentOutput& out) { return out.spender.has_value(); });
    if (!all_spent) return all_abstain(payment);
    return single_out(payment, [&](const PaymentOutput& out) { return holds(*out.spender); });
}

template <class Fact>
std::vector<Vote> same_fingerprint(const Payment& payment, Fact fact) {
    return single_out_spender(payment, [&](const SpendingTx& spender) {
        return fact(spender.flags) == fact(payment.flags);
    });
}

std::vector<Vote> address_type(const Payment& payment) {
    const AddressKind kind = payment.inputs.front().kind;
    const bool one_kind = std::all_of(payment.inputs.begin(), payment.inputs.end(),
                                      [&](const PaymentInput& in) { return in.kind == kind; });
    if (!one_kind) return all_abstain(payment);
    return single_out(payment, [&](const PaymentOutput& out) { return out.kind == kind; });
}

std::vector<Vote> power_of_ten(const Payment& payment, unsigned zeros) {
    std::uint64_t divisor = 1;
    for (unsigned i = 0; i < zeros; ++i) divisor *= 10;
    return single_out(payment,
                      [&](const PaymentOutput& out) { return out.amount.units() % divisor != 0; });
}

/// Within 0.25 % of a number of dollars with one digit that is not zero. By chance 2 % of amounts
/// are.
bool is_round_in_dollars(Amount amount, std::uint64_t cents_per_coin) {
    constexpr std::uint64_t kUnitsPerCoin = 100'000'000;
    constexpr std::uint64_t kCentsPerDollar = 100;
    constexpr std::uint64_t kTolerance = 400;  // one part in
    // So the products below stay under 2^64.
    constexpr std::uint64_t kRateMax = 10'000'000'000;
    constexpr std::uint64_t kCoinsMax = 1'000'000;
    const std::uint64_t coins = amount.units() / kUnitsPerCoin;
    const std::uint64_t rest = amount.units() % kUnitsPerCoin;
    if (cents_per_coin > kRateMax || coins > kCoinsMax) return false;
    const std::uint64_t cents = coins * cents_per_coin + rest * cents_per_coin / kUnitsPerCoin;
    if (cents < kCentsPerDollar) return false;
    std::uint64_t step = kCentsPerDollar;
    while (cents / 10 >= step) step *= 10;
    // The nearest multiples of the leading digit's place; 9.99 is near 10 of them.
    const std::uint64_t digits = (cents + step / 2) / step;
    const std::uint64_t round = digits * step;
    const std::uint64_t off = cents > round ? cents - round : round - cents;
    return off * kTolerance <= round;
}

std::vector<Vote> round_fiat(const Payment& payment) {
    if (!payment.cents_per_coin) return all_abstain(payment);
    return single_out(payment, [&](const PaymentOutput& out) {
        return !is_round_in_dollars(out.amount, *payment.cents_per_coin);
    });
}

std::vector<Vote> optimal_change(const Payment& payment) {
    if (payment.inputs.size() < 2) return all_abstain(payment);
    const auto least = std::min_element(
        payment.inputs.begin(), payment.inputs.end(),
        [](const PaymentInput& a, const PaymentInput& b) { return a.amount < b.amount; });
    const auto bound = least->amount.minus(payment.fee);
    if (!bound) return all_abstain(payment);
    return single_out(payment, [&](const PaymentOutput& out) { return out.amount < *bound; });
}

bool peels(std::uint64_t inputs, std::uint64_t outputs) {
    return inputs == 1 && outputs == 2;
}

std::vector<Vote> peel(const Payment& payment) {
    const auto spent_by_peel = [](const PaymentOutput& out) {
        return out.spender && peels(out.spender->inputs, out.spender->outputs);
    };
    if (payment.has_data || !peels(payment.inputs.size(), payment.outputs.size()))
        return all_abstain(payment);
    const bool in_chain = payment.follows_peel || std::any_of(payment.outputs.begin(),
                                                              payment.outputs.end(), spent_by_peel);
    if (!in_chain) return all_abstain(payment);
    return single_out(payment,
                      [&](const PaymentOutput& out) { return !out.spender || spent_by_peel(out); });
}

std::vector<Vote> consumer(const Payment& payment) {
    constexpr std::uint64_t kManyOutputs = 3;
    return single_out_spender(
        payment, [](const SpendingTx& spender) { return spender.outputs < kManyOutputs; });
}

}  // namespace

std::string_view name(ChangeRule rule) {
    switch (rule) {
        case ChangeRule::one_time:
            return "one_time";
        case ChangeRule::single_receipt:
            return "single_receipt";
        case ChangeRule::address_type:
            return "address_type";
        case ChangeRule::power_of_ten:
            return "power_of_ten";
        case ChangeRule::round_fiat:
            return "round_fiat";
        case ChangeRule::optimal_change:
            return "optimal_change";
        case ChangeRule::locktime:
            return "locktime";
        case ChangeRule::version:
            return "version";
        case ChangeRule::rbf:
            return "rbf";
        case ChangeRule::witness:
            return "witness";
        case ChangeRule::consumer:
            return "consumer";
        case ChangeRule::peel:
            return "peel";
    }
    return "unknown";
}

std::optional<ChangeRule> parse_change_rule(std::string_view word) {
    const auto found = std::find_if(kChangeRules.begin(), kChangeRules.end(),
                                    [&](ChangeRule rule) { return name(rule) == word; });
    if (found == kChangeRules.end()) return std::nullopt;
    return *found;
}

bool may_have_change(const Payment& payment, const ChangeParameters& set) {
    if (payment.flags.is_coinbase || payment.flags.is_hogex || payment.is_coinjoin) return false;
    if (payment.inputs.empty() || payment.outputs.size() < 2 ||
        payment.outputs.size() > set.outputs_max)
        return false;
    return std::none_of(
        payment.outputs.begin(), payment.outputs.end(), [&](const PaymentOutput& out) {
            return std::any_of(payment.inputs.begin(), payment.inputs.end(),
                               [&](const PaymentInput& in) { return in.address == out.address; });
        });
}

std::vector<Vote> votes(ChangeRule rule, const Payment& payment, const ChangeParameters& set) {
    if (!may_have_change(payment, set)) return all_abstain(payment);
    switch (rule) {
        case ChangeRule::one_time:
            return single_out(payment, [](const PaymentOutput& out) { return out.is_new; });
        case ChangeRule::single_receipt:
            return single_out(payment, [](const PaymentOutput& out) { return out.is_paid_once; });
        case ChangeRule::address_type:
            return address_type(payment);
        case ChangeRule::power_of_ten:
            return power_of_ten(payment, set.round_zeros);
        case ChangeRule::round_fiat:
            return round_fiat(payment);
        case ChangeRule::optimal_change:
            return optimal_change(payment);
        case ChangeRule::locktime:
            return same_fingerprint(payment, [](const TxFlags& f) { return f.lock_time; });
        case ChangeRule::version:
            return same_fingerprint(payment, [](const TxFlags& f) { return f.version; });
        case ChangeRule::rbf:
            return same_fingerprint(payment, [](const TxFlags& f) { return f.signals_rbf; });
        case ChangeRule::witness:
            return same_fingerprint(payment, [](const TxFlags& f) { return f.has_witness; });
        case ChangeRule::consumer:
            return consumer(payment);
        case ChangeRule::peel:
            return peel(payment);
    }
    return all_abstain(payment);
}

}  // namespace wagetrail
