#include "tests/simulator/rng.h"

#include <bit>

namespace wagetrail::simulator {

Rng::Rng(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
        seed += 0x9E3779B97F4A7C15ULL;
        std::uint64_t mixed = seed;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
        word = mixed ^ (mixed >> 31U);
    }
}

std::uint64_t Rng::next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

std::uint64_t Rng::below(std::uint64_t end) {
    CHECK(end > 0);
    return next() % end;  // the bias is far below anything a simulation shows
}

std::uint64_t Rng::between(std::uint64_t low, std::uint64_t high) {
    CHECK(low <= high);
    return low + below(high - low + 1);
}

Amount Rng::share(Amount whole, unsigned low, unsigned high) {
    return scaled(whole, Amount(between(low, high)), Amount(100));
}

}  // namespace wagetrail::simulator
