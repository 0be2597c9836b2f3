// The checksum of output descriptors (BIP380): a code over 32 symbols like that of bech32, fed with
// each character's place in its group of 32 and, for every three characters, their groups.
#include "chain/descriptor.h"

#include <array>
#include <cstdint>

namespace wagetrail {
namespace {

constexpr std::string_view kCharacters =
    "0123456789()[],'/*abcdefgh@:$%{}"
    "IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~"
    "ijklmnopqrstuvwxyzABCDEFGH`#\"\\ ";
constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr unsigned kChecksumSize = 8;
constexpr std::array<std::uint64_t, 5> kGenerator = {0xF5DEE51989, 0xA9FDCA3312, 0x1BAB10E32D,
                                                     0x3706B1677A, 0x644D626FFD};

std::uint64_t step(std::uint64_t state, std::uint64_t symbol) {
    const std::uint64_t top = state >> 35U;
    state = ((state & 0x7'FFFF'FFFFU) << 5U) ^ symbol;
    for (std::size_t i = 0; i < kGenerator.size(); ++i)
        if (((top >> i) & 1U) != 0) state ^= kGenerator[i];
    return state;
}

}  // namespace

std::optional<std::string> descriptor_checksum(std::string_view text) {
    std::uint64_t state = 1;
    std::uint64_t groups = 0;
    unsigned held = 0;
    for (const char c : text) {
        const std::size_t place = kCharacters.find(c);
        if (place == std::string_view::npos) return std::nullopt;
        state = step(state, place & 31U);
        groups = groups * 3 + (place >> 5U);
        if (++held < 3) continue;
        state = step(state, groups);
        groups = 0;
        held = 0;
    }
    if (held > 0) state = step(state, groups);
    for (unsigned i = 0; i < kChecksumSize; ++i) state = step(state, 0);
    state ^= 1U;
    std::string checksum;
    for (unsigned i = kChecksumSize; i-- > 0;) checksum += kAlphabet[(state >> (5 * i)) & 31U];
    return checksum;
}

}  // namespace wagetrail
