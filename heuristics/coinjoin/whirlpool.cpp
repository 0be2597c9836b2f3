#include "heuristics/coinjoin/whirlpool.h"

#include <algorithm>
#include <array>

namespace wagetrail {

namespace {

// Pools and bounds after Dumplings and Schnoering & Vazirgiannis (arXiv 2311.12491). The two of
// 0.025 and 0.25 are Ashigaru's; their fee is taken to be 5 %, as in the two smallest of Samourai.
struct Pool {
    Amount denomination;
    Amount fee;
};
constexpr std::array<Pool, 6> kPools{{{Amount(100'000), Amount(5'000)},
                                      {Amount(1'000'000), Amount(50'000)},
                                      {Amount(2'500'000), Amount(125'000)},
                                      {Amount(5'000'000), Amount(175'000)},
                                      {Amount(25'000'000), Amount(1'250'000)},
                                      {Amount(50'000'000), Amount(1'750'000)}}};
constexpr std::size_t kMixMin = 5;
constexpr std::size_t kMixMax = 10;
constexpr Amount kPremiumMin{100};  // of a premix output over the pool's value: it pays miners
constexpr Amount kPremiumMax{110'000};
constexpr std::size_t kPremixMax = 70;
constexpr std::size_t kOthersMax = 2;  // beside premix and fee: change of one or two people

std::optional<Amount> premium(Amount amount, const Pool& pool) {
    const auto above = amount.minus(pool.denomination);
    return above && *above <= kPremiumMax ? above : std::nullopt;
}

/// From half the pool's fee (discounts) to three times (raised fees).
bool is_fee(Amount amount, const Pool& pool) {
    return amount.units() * 2 >= pool.fee.units() && amount.units() <= pool.fee.units() * 3;
}

std::optional<Amount> fee_beside(const ShapeFigures& figures,
                                 const ValueCount& premix,
                                 const Pool& pool) {
    const auto fee =
        std::find_if(figures.values.begin(), figures.values.end(), [&](const ValueCount& other) {
            return other.amount != premix.amount && is_fee(other.amount, pool);
        });
    return fee == figures.values.end() ? std::nullopt : std::optional(fee->amount);
}

}  // namespace

std::optional<ShapeFinding> find_whirlpool(const TxShape& shape, const ShapeFigures& figures) {
    const std::size_t size = shape.inputs.size();
    if (size < kMixMin || size > kMixMax || shape.outputs.size() != size) return std::nullopt;
    if (shape.data_outputs > 0 || figures.mode.count != size) return std::nullopt;
    if (figures.payers.size() != size || figures.paid_twice > 0) return std::nullopt;
    if (figures.input_kind != AddressKind::p2wpkh) return std::nullopt;
    const auto pool = std::find_if(kPools.begin(), kPools.end(), [&](const Pool& one) {
        return one.denomination == figures.mode.amount;
    });
    if (pool == kPools.end()) return std::nullopt;
    std::size_t entrants = 0;
    for (const ShapeLeg& in : shape.inputs) {
        const auto above = premium(in.amount, *pool);
        if (!above) return std::nullopt;
        if (!above->is_zero()) ++entrants;
    }
    // Somebody pays the miners, somebody is remixed free of charge.
    if (entrants == 0 || entrants == size) return std::nullopt;
    return ShapeFinding{.tx_class = TxClass::whirlpool,
                        .payers = figures.payers.size(),
                        .equal = figures.mode,
                        .entrants = entrants};
}

std::optional<ShapeFinding> find_whirlpool_tx0(const TxShape& shape, const ShapeFigures& figures) {
    if (shape.data_outputs != 1 || shape.outputs.size() < 2) return std::nullopt;
    for (const Pool& pool : kPools)
        for (const ValueCount& premix : figures.values) {
            const auto above = premium(premix.amount, pool);
            if (!above || *above < kPremiumMin || premix.count > kPremixMax) continue;
            if (shape.outputs.size() - premix.count > kOthersMax + 1) continue;
            const auto fee = fee_beside(figures, premix, pool);
            if (!fee) continue;
            return ShapeFinding{.tx_class = TxClass::whirlpool_tx0,
                                .payers = figures.payers.size(),
                                .equal = premix,
                                .changes = shape.outputs.size() - premix.count - 1,
                                .service_fee = *fee};
        }
    return std::nullopt;
}

}  // namespace wagetrail
