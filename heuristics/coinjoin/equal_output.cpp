#include "heuristics/coinjoin/equal_output.h"

#include <algorithm>

namespace wagetrail {

namespace {

constexpr std::size_t kEqualMin = 3;            // equal outputs, so payers too: two are a Stonewall
constexpr std::size_t kEqualMany = 10;          // from here on a third of the outputs suffices
constexpr std::size_t kEqualSure = 5;           // from here on any number of inputs may come in
constexpr std::size_t kInputsPerOutputMax = 4;  // below kEqualSure
constexpr Amount kDenominationAbove{2730};      // dust values that token protocols repeat
constexpr Amount kExactSlack{110'000};          // what a payer without change may leave as fee
constexpr std::uint64_t kExactSlackDivisor = 100;
// A batch or a sweep rather than a round (GraphSense): bounds from this many inputs on.
constexpr std::size_t kBatchInputs = 50;
constexpr std::size_t kInputsPerEqualMax = 20;
// JoinMarket: rounds are small, larger ones of its shape are Wasabi's.
constexpr std::size_t kRoundMax = 20;
// JoinMarket: what a maker may earn, as room for change that is larger than what came in allows.
constexpr Amount kMakerFeeMax{30'000};
constexpr std::uint64_t kMakerFeeDivisor = 100;

/// Upper bound of the groups of input addresses that can each pay the denomination: one per address
/// that alone is enough, and what the others could pay together.
std::uint64_t payers_funded(const ShapeFigures& figures, Amount denomination) {
    std::uint64_t enough = 0;
    Amount others;
    for (const Amount paid : figures.payers) {
        if (paid >= denomination)
            ++enough;
        else
            others = others.plus(paid).value_or(others);
    }
    return enough + others.units() / denomination.units();
}

/// Input addresses that bring the denomination and little more: their owners get no change.
std::size_t payers_exact(const ShapeFigures& figures, Amount denomination) {
    const Amount slack = kExactSlack + Amount(denomination.units() / kExactSlackDivisor);
    return static_cast<std::size_t>(
        std::count_if(figures.payers.begin(), figures.payers.end(), [&](Amount paid) {
            const auto above = paid.minus(denomination);
            return above && *above <= slack;
        }));
}

/// What every round has, whatever its protocol.
bool has_rounds_basics(const TxShape& shape, const ShapeFigures& figures) {
    const ValueCount& equal = figures.mode;
    if (equal.count < kEqualMin || equal.amount <= kDenominationAbove) return false;
    if (equal.count > figures.payers.size() || figures.paid_twice > 0) return false;
    if (equal.count < kEqualSure &&
        shape.inputs.size() > kInputsPerOutputMax * shape.outputs.size())
        return false;
    return payers_funded(figures, equal.amount) >= equal.count;
}

bool is_batch(const TxShape& shape, const ShapeFigures& figures) {
    const std::size_t equal = figures.mode.count;
    if (shape.inputs.size() < kBatchInputs) return false;
    return shape.inputs.size() > kInputsPerEqualMax * equal ||
           shape.outputs.size() * 10 < equal * 17;  // GraphSense: 1.7 outputs per equal one
}

ShapeFinding found(TxClass tx_class, const TxShape& shape, const ShapeFigures& figures) {
    return {.tx_class = tx_class,
            .payers = figures.payers.size(),
            .equal = figures.mode,
            .changes = shape.outputs.size() - figures.mode.count};
}

/// Whoever brought the largest coin takes one denomination and one change at most, and no more
/// goes to others than the fees of miners and makers.
bool largest_input_fits(const TxShape& shape, const ShapeFigures& figures) {
    const auto by_amount = [](const ShapeLeg& left, const ShapeLeg& right) {
        return left.amount < right.amount;
    };
    const Amount largest =
        std::max_element(shape.inputs.begin(), shape.inputs.end(), by_amount)->amount;
    const Amount denomination = figures.mode.amount;
    Amount change;
    for (const ValueCount& value : figures.values)
        if (value.count == 1) change = value.amount;  // ascending: the last is the largest
    const Amount maker_fee = kMakerFeeMax + Amount(denomination.units() / kMakerFeeDivisor);
    Amount taken = denomination.plus(change).value_or(denomination);
    taken = taken.plus(figures.fee).value_or(taken);
    for (std::size_t i = 1; i < figures.mode.count; ++i)
        taken = taken.plus(maker_fee).value_or(taken);
    return largest <= taken;
}

}  // namespace

std::optional<ShapeFinding> find_joinmarket(const TxShape& shape, const ShapeFigures& figures) {
    if (!has_rounds_basics(shape, figures) || shape.data_outputs > 0) return std::nullopt;
    const std::size_t equal = figures.mode.count;
    const std::size_t outputs = shape.outputs.size();
    if (equal > kRoundMax) return std::nullopt;
    // Each maker takes change; the taker may sweep.
    if (outputs != 2 * equal && outputs + 1 != 2 * equal) return std::nullopt;
    if (figures.repeated_values != 1 || figures.paid_back > 0) return std::nullopt;
    // Its wallets spend addresses once; a third is the bound of crocs-muni's filter.
    if ((shape.inputs.size() - figures.payers.size()) * 3 > shape.inputs.size())
        return std::nullopt;
    // One order book holds offers of one kind; the taker may pay somebody of another.
    if (!figures.input_kind || outputs_not_of(shape, *figures.input_kind) > 1) return std::nullopt;
    if (!largest_input_fits(shape, figures)) return std::nullopt;
    return found(TxClass::joinmarket, shape, figures);
}

std::optional<ShapeFinding> find_equal_output(const TxShape& shape, const ShapeFigures& figures) {
    if (!has_rounds_basics(shape, figures) || is_batch(shape, figures)) return std::nullopt;
    const std::size_t equal = figures.mode.count;
    const std::size_t outputs = shape.outputs.size();
    // Every participant takes one equal output and at most one change; one output may be a fee.
    if (2 * equal + 1 < outputs && !(equal >= kEqualMany && 3 * equal >= outputs))
        return std::nullopt;
    // All but one (who may sweep) get change, unless they brought the exact amount. A batch of
    // equal payouts has one change for everybody.
    if (outputs - equal + payers_exact(figures, figures.mode.amount) + 1 < equal)
        return std::nullopt;
    return found(TxClass::equal_output_coinjoin, shape, figures);
}

}  // namespace wagetrail
