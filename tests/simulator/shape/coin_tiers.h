// The unspent outputs of a chain of any length in bounded memory, ordered roughly by age: four
// tiers, each larger and older than the one before. A new coin enters the youngest; a full tier
// hands one of its coins, by chance, to the next. What a full last tier hands on is lost for ever,
// as such coins are on a real chain.
#pragma once

#include "chain/base/ids.h"

#include "tests/simulator/shape/payee.h"

#include <vector>

namespace wagetrail::simulator {

struct ShapeCoin {
    OutPoint at;
    Height height;  // of the block it was made in
    Amount amount;
    Payee payee;
};

class CoinTiers {
  public:
    void add(const ShapeCoin& coin, Rng& rng);
    /// Mostly young ones, with a tail of old ones. There must be one.
    [[nodiscard]] ShapeCoin take(Rng& rng);

    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] std::size_t size() const;
    /// Coins that fell out of the last tier.
    [[nodiscard]] std::uint64_t lost() const { return lost_; }

  private:
    static constexpr std::size_t kTiers = 4;
    std::array<std::vector<ShapeCoin>, kTiers> tiers_;
    std::uint64_t lost_ = 0;
};

}  // namespace wagetrail::simulator
