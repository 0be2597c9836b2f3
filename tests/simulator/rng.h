// Reproducible chance: xoshiro256** seeded through splitmix64, integers only, so that a seed means
// the same choices on every machine and compiler.
#pragma once

#include "chain/base/amount.h"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace wagetrail::simulator {

class Rng {
  public:
    explicit Rng(std::uint64_t seed);

    [[nodiscard]] std::uint64_t next();
    /// 0 <= result < end; end must not be zero.
    [[nodiscard]] std::uint64_t below(std::uint64_t end);
    /// low <= result <= high.
    [[nodiscard]] std::uint64_t between(std::uint64_t low, std::uint64_t high);
    [[nodiscard]] bool percent(unsigned likely) { return below(100) < likely; }
    /// A part of whole between low and high percent.
    [[nodiscard]] Amount share(Amount whole, unsigned low, unsigned high);

    template <class T>
    [[nodiscard]] const T& pick(const std::vector<T>& from) {
        return from[below(from.size())];
    }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

  private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace wagetrail::simulator
