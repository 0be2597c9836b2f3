#include "tests/simulator/shape/coin_tiers.h"

namespace wagetrail::simulator {
namespace {

// A block of 2,500 transactions makes 6,900 coins: about two blocks, a day, ten days, and the rest.
constexpr std::array<std::size_t, 4> kSizeMax = {16'384, 262'144, 1'048'576, 3'145'728};
// Of 100 coins spent, how many come from each.
constexpr std::array<unsigned, 4> kTakenPercent = {42, 28, 18, 12};

ShapeCoin take_one(std::vector<ShapeCoin>& tier, Rng& rng) {
    std::swap(tier[rng.below(tier.size())], tier.back());
    const ShapeCoin taken = tier.back();
    tier.pop_back();
    return taken;
}

}  // namespace

void CoinTiers::add(const ShapeCoin& coin, Rng& rng) {
    ShapeCoin moving = coin;
    for (std::size_t n = 0; n < kTiers; ++n) {
        tiers_[n].push_back(moving);
        if (tiers_[n].size() <= kSizeMax[n]) return;
        moving = take_one(tiers_[n], rng);
    }
    ++lost_;
}

ShapeCoin CoinTiers::take(Rng& rng) {
    CHECK(!empty());
    std::uint64_t drawn = rng.below(100);
    std::size_t wanted = 0;
    while (drawn >= kTakenPercent[wanted]) drawn -= kTakenPercent[wanted++];
    for (std::size_t n = wanted; n > 0; --n)
        if (!tiers_[n].empty()) return take_one(tiers_[n], rng);
    for (std::vector<ShapeCoin>& tier : tiers_)
        if (!tier.empty()) return take_one(tier, rng);
    CHECK(false);
    return {};
}

std::size_t CoinTiers::size() const {
    std::size_t sum = 0;
    for (const std::vector<ShapeCoin>& tier : tiers_) sum += tier.size();
    return sum;
}

}  // namespace wagetrail::simulator
