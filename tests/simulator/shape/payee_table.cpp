#include "tests/simulator/shape/payee_table.h"

#include <bit>

namespace wagetrail::simulator {
namespace {

constexpr std::size_t kSizeMax = std::size_t{1} << 20U;
constexpr unsigned kFirstBits = 6;  // the 64 busiest share one draw, so none has more than 0.1 %

}  // namespace

void PayeeTable::add(const Payee& payee, Rng& rng) {
    if (payees_.size() < kSizeMax)
        payees_.push_back(payee);
    else
        payees_[kSizeMax / 2 + rng.below(kSizeMax / 2)] = payee;
}

/// Integers only, so that every machine draws the same: each doubling of the rank is as likely as
/// the others.
const Payee& PayeeTable::pick(Rng& rng) const {
    CHECK(!empty());
    const auto bits_max = static_cast<unsigned>(std::bit_width(payees_.size() - 1));
    const std::uint64_t bits =
        bits_max <= kFirstBits ? bits_max : rng.between(kFirstBits, bits_max);
    const std::uint64_t low = bits == std::min(kFirstBits, bits_max) ? 0 : 1ULL << (bits - 1);
    const std::uint64_t high = std::min<std::uint64_t>(payees_.size(), 1ULL << bits);
    return payees_[low + rng.below(high - low)];
}

}  // namespace wagetrail::simulator
