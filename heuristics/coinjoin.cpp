#include "heuristics/coinjoin.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

namespace wagetrail {

namespace {

// Below: the parameters of HEURISTICS.md "coinjoin".
constexpr std::size_t kEqualMin = 3;            // equal outputs, so payers too
constexpr std::size_t kEqualMany = 10;          // from here on a third of the outputs suffices
constexpr std::size_t kEqualSure = 5;           // from here on any number of inputs may come in
constexpr std::size_t kInputsPerOutputMax = 4;  // below kEqualSure
constexpr Amount kDenominationAbove{2730};      // dust values that token protocols repeat
constexpr Amount kExactSlack{110'000};          // what a payer without change may leave as fee
constexpr std::uint64_t kExactSlackDivisor = 100;
constexpr std::size_t kTieredPayersMin = 10;
constexpr std::size_t kTiersMin = 2;             // denominations that occur more than once
constexpr std::size_t kStandardValuesMin = 3;    // different ones
constexpr std::size_t kStandardPercentMin = 80;  // of the outputs
constexpr Amount kStandardMin{5'000};
constexpr Amount kStandardMax{134'375'000'000};

/// What each input address pays in, and how often each amount is paid out.
struct Sums {
    std::map<AddrId, Amount> payers;
    std::map<Amount, std::size_t> values;
};

Sums sums_of(const TxShape& shape) {
    Sums sums;
    for (const ShapeLeg& in : shape.inputs) {
        Amount& paid = sums.payers[in.address];
        // Amounts come from a chain that kept its supply limit; saturating keeps us total anyway.
        paid = paid.plus(in.amount).value_or(paid);
    }
    for (const ShapeLeg& out : shape.outputs) ++sums.values[out.amount];
    return sums;
}

bool pays_an_address_twice(const TxShape& shape) {
    std::unordered_set<AddrId> seen;
    return !std::all_of(shape.outputs.begin(), shape.outputs.end(),
                        [&](const ShapeLeg& out) { return seen.insert(out.address).second; });
}

/// One of WabiSabi's preferred values: 2^k, 3^k, 2*3^k, 10^k, 2*10^k, 5*10^k.
bool is_standard(Amount amount) {
    if (amount < kStandardMin || amount > kStandardMax) return false;
    struct Series {
        std::uint64_t first;
        std::uint64_t ratio;
    };
    constexpr std::array<Series, 6> kSeries{{{1, 2}, {1, 3}, {2, 3}, {1, 10}, {2, 10}, {5, 10}}};
    return std::any_of(kSeries.begin(), kSeries.end(), [&](const Series& series) {
        std::uint64_t rest = amount.units();
        if (rest % series.first != 0) return false;
        for (rest /= series.first; rest % series.ratio == 0; rest /= series.ratio) {
        }
        return rest == 1;
    });
}

bool is_tiered(const TxShape& shape, const Sums& sums) {
    if (sums.payers.size() < kTieredPayersMin) return false;
    std::size_t tiers = 0;
    std::size_t standard_values = 0;
    std::size_t standard_outputs = 0;
    for (const auto& [value, count] : sums.values) {
        if (count >= 2) ++tiers;
        if (!is_standard(value)) continue;
        ++standard_values;
        standard_outputs += count;
    }
    return tiers >= kTiersMin && standard_values >= kStandardValuesMin &&
           standard_outputs * 100 >= shape.outputs.size() * kStandardPercentMin;
}

/// Upper bound of the groups of input addresses that can each pay the denomination: one per address
/// that alone is enough, and what the others could pay together.
std::uint64_t payers_funded(const Sums& sums, Amount denomination) {
    std::uint64_t enough = 0;
    Amount others;
    for (const auto& [address, paid] : sums.payers) {
        if (paid >= denomination)
            ++enough;
        else
            others = others.plus(paid).value_or(others);
    }
    return enough + others.units() / denomination.units();
}

/// Input addresses that bring the denomination and little more: their owners get no change.
std::size_t payers_exact(const Sums& sums, Amount denomination) {
    const Amount slack = kExactSlack + Amount(denomination.units() / kExactSlackDivisor);
    return static_cast<std::size_t>(
        std::count_if(sums.payers.begin(), sums.payers.end(), [&](const auto& payer) {
            const auto above = payer.second.minus(denomination);
            return above && *above <= slack;
        }));
}

bool is_equal_output(const TxShape& shape, const Sums& sums) {
    // Of values that occur equally often the largest is meant: later entries replace earlier ones.
    Amount denomination;
    std::size_t equal = 0;
    for (const auto& [value, count] : sums.values) {
        if (count < equal) continue;
        equal = count;
        denomination = value;
    }
    const std::size_t outputs = shape.outputs.size();
    if (equal < kEqualMin || denomination <= kDenominationAbove) return false;
    // Every participant takes one equal output and at most one change; one output may be a fee.
    if (2 * equal + 1 < outputs && !(equal >= kEqualMany && 3 * equal >= outputs)) return false;
    if (equal > sums.payers.size()) return false;
    if (equal < kEqualSure && shape.inputs.size() > kInputsPerOutputMax * outputs) return false;
    if (payers_funded(sums, denomination) < equal) return false;
    // All but one (who may sweep) get change, unless they brought the exact amount. A batch payroll
    // has one change for everybody.
    return outputs - equal + payers_exact(sums, denomination) + 1 >= equal;
}

}  // namespace

std::string_view name(TxClass tx_class) {
    switch (tx_class) {
        case TxClass::ordinary:
            return "ordinary";
        case TxClass::equal_output_coinjoin:
            return "equal_output_coinjoin";
        case TxClass::tiered_coinjoin:
            return "tiered_coinjoin";
    }
    return "unknown";  // a number written by a later version
}

bool is_coinjoin(TxClass tx_class) {
    const auto number = static_cast<std::uint8_t>(tx_class);
    return number >= 1 && number <= 31;
}

TxClass classify(const TxShape& shape) {
    if (shape.inputs.size() < kEqualMin || shape.outputs.size() < kEqualMin)
        return TxClass::ordinary;
    const Sums sums = sums_of(shape);
    if (sums.payers.size() < kEqualMin || pays_an_address_twice(shape)) return TxClass::ordinary;
    if (is_tiered(shape, sums)) return TxClass::tiered_coinjoin;
    if (is_equal_output(shape, sums)) return TxClass::equal_output_coinjoin;
    return TxClass::ordinary;
}

}  // namespace wagetrail
