#include "heuristics/coinjoin/wasabi.h"

#include <algorithm>
#include <array>

namespace wagetrail {

namespace {

// Wasabi 1, after Dumplings: about 0.1 coins, falling with the coordinator's fee. The bound on one
// address's inputs is Schnoering & Vazirgiannis' (arXiv 2311.12491).
constexpr Amount kBase1{10'000'000};
constexpr Amount kBase1Slack{2'000'000};
constexpr std::size_t kEqual1Min = 10;
constexpr std::size_t kPayersPerEqualMax = 7;
constexpr std::size_t kPayerShareDivisor = 10;  // one address brings at most a tenth of the inputs

// WabiSabi, after Dumplings; its 50 inputs are of zkSNACKs' coordinator, later ones take fewer.
constexpr std::size_t kPayers2Min = 10;
constexpr std::size_t kTiersMin = 2;             // values that occur more than once
constexpr std::size_t kStandardValuesMin = 3;    // different ones
constexpr std::size_t kStandardPercentMin = 80;  // of the outputs
constexpr Amount kStandardMin{5'000};
constexpr Amount kStandardMax{134'375'000'000};

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

bool is_base1(Amount amount) {
    return amount >= kBase1 - kBase1Slack && amount <= kBase1 + kBase1Slack;
}

/// Largest first, as the coordinator writes both lists.
bool is_descending(const std::vector<ShapeLeg>& legs) {
    return std::is_sorted(
        legs.begin(), legs.end(),
        [](const ShapeLeg& left, const ShapeLeg& right) { return left.amount > right.amount; });
}

bool is_wasabi2_kind(const ShapeLeg& leg) {
    return leg.kind == AddressKind::p2wpkh || leg.kind == AddressKind::p2tr;
}

}  // namespace

std::optional<ShapeFinding> find_wasabi1(const TxShape& shape, const ShapeFigures& figures) {
    // Who takes part at twice or four times the base takes the lower values, too: when all do, the
    // base is not the only most frequent value.
    const auto base =
        std::find_if(figures.values.begin(), figures.values.end(), [&](const ValueCount& value) {
            return is_base1(value.amount) && value.count == figures.mode.count;
        });
    if (base == figures.values.end()) return std::nullopt;
    const ValueCount& equal = *base;
    const std::size_t payers = figures.payers.size();
    if (equal.count < kEqual1Min || shape.inputs.size() < equal.count) return std::nullopt;
    if (figures.input_kind != AddressKind::p2wpkh || outputs_not_of(shape, AddressKind::p2wpkh) > 0)
        return std::nullopt;
    if (payers < equal.count || payers > kPayersPerEqualMax * equal.count) return std::nullopt;
    if (figures.inputs_per_payer_max * kPayerShareDivisor > shape.inputs.size())
        return std::nullopt;
    if (figures.paid_twice > 0 || figures.values.size() < 2) return std::nullopt;
    return ShapeFinding{.tx_class = TxClass::wasabi1,
                        .payers = payers,
                        .equal = equal,
                        .changes = figures.values.size() - figures.repeated_values,
                        .tiers = figures.repeated_values};
}

std::optional<ShapeFinding> find_tiered(const TxShape& shape, const ShapeFigures& figures) {
    if (figures.payers.size() < kPayers2Min || figures.paid_twice > 0) return std::nullopt;
    if (figures.repeated_values < kTiersMin) return std::nullopt;
    std::size_t standard_values = 0;
    std::size_t standard_outputs = 0;
    for (const ValueCount& value : figures.values) {
        if (!is_standard(value.amount)) continue;
        ++standard_values;
        standard_outputs += value.count;
    }
    if (standard_values < kStandardValuesMin) return std::nullopt;
    if (standard_outputs * 100 < shape.outputs.size() * kStandardPercentMin) return std::nullopt;
    return ShapeFinding{.tx_class = TxClass::tiered_coinjoin,
                        .payers = figures.payers.size(),
                        .equal = figures.mode,
                        .changes = shape.outputs.size() - standard_outputs,
                        .standard_outputs = standard_outputs,
                        .tiers = figures.repeated_values};
}

std::optional<ShapeFinding> find_wasabi2(const TxShape& shape, const ShapeFigures& figures) {
    if (!std::all_of(shape.inputs.begin(), shape.inputs.end(), is_wasabi2_kind))
        return std::nullopt;
    if (!is_descending(shape.inputs) || !is_descending(shape.outputs)) return std::nullopt;
    auto finding = find_tiered(shape, figures);
    if (finding) finding->tx_class = TxClass::wasabi2;
    return finding;
}

}  // namespace wagetrail
