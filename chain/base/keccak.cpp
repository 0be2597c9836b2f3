#include "chain/base/keccak.h"

#include <bit>
#include <utility>

namespace wagetrail {
namespace {

constexpr std::size_t kRateBytes = 136;  // 1600 bits less twice the 256 of the hash

constexpr std::array<std::uint64_t, 24> kRoundConstants = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
    0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
    0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};
// Rho and pi along the one cycle that pi makes of all lanes but the first.
constexpr std::array<int, 24> kRotations = {1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
                                            27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44};
constexpr std::array<std::size_t, 24> kLanes = {10, 7,  11, 17, 18, 3, 5,  16, 8,  21, 24, 4,
                                                15, 23, 19, 13, 12, 2, 20, 14, 22, 9,  6,  1};

using State = std::array<std::uint64_t, 25>;

void theta(State& state) {
    std::array<std::uint64_t, 5> parity{};
    for (std::size_t i = 0; i < 25; ++i) parity[i % 5] ^= state[i];
    for (std::size_t i = 0; i < 25; ++i)
        state[i] ^= parity[(i + 4) % 5] ^ std::rotl(parity[(i + 1) % 5], 1);
}

void rho_and_pi(State& state) {
    std::uint64_t carried = state[1];
    for (std::size_t i = 0; i < kLanes.size(); ++i)
        carried = std::exchange(state[kLanes[i]], std::rotl(carried, kRotations[i]));
}

void chi(State& state) {
    for (std::size_t row = 0; row < 25; row += 5) {
        std::array<std::uint64_t, 5> old{};
        for (std::size_t i = 0; i < 5; ++i) old[i] = state[row + i];
        for (std::size_t i = 0; i < 5; ++i)
            state[row + i] = old[i] ^ (~old[(i + 1) % 5] & old[(i + 2) % 5]);
    }
}

void permute(State& state) {
    for (const std::uint64_t constant : kRoundConstants) {
        theta(state);
        rho_and_pi(state);
        chi(state);
        state[0] ^= constant;
    }
}

void absorb_byte(State& state, std::size_t at, std::uint8_t byte) {
    state[at / 8] ^= std::uint64_t{byte} << (8 * (at % 8));
}

}  // namespace

std::array<std::uint8_t, 32> keccak256(ByteView bytes) {
    State state{};
    std::size_t at = 0;
    for (const std::uint8_t byte : bytes) {
        absorb_byte(state, at, byte);
        if (++at < kRateBytes) continue;
        permute(state);
        at = 0;
    }
    absorb_byte(state, at, 0x01);
    absorb_byte(state, kRateBytes - 1, 0x80);
    permute(state);
    std::array<std::uint8_t, 32> out{};
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::uint8_t>(state[i / 8] >> (8 * (i % 8)));
    return out;
}

}  // namespace wagetrail
