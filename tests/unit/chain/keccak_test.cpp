#include "chain/base/keccak.h"

#include <catch2/catch.hpp>

namespace wagetrail {

TEST_CASE("keccak: the published values of Keccak-256 come out", "[chain][keccak]") {
    CHECK(to_hex(keccak256({})) ==
          "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    CHECK(to_hex(keccak256(as_bytes("abc"))) ==
          "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
    // The topic of every ERC-20 transfer.
    CHECK(to_hex(keccak256(as_bytes("Transfer(address,address,uint256)"))) ==
          "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
}

TEST_CASE("keccak: the end of a block is no special case", "[chain][keccak]") {
    // Around 136 bytes, the padding moves from one block to the next; each length has its own hash.
    std::array<std::array<std::uint8_t, 32>, 4> hashes{};
    for (std::size_t i = 0; i < hashes.size(); ++i)
        hashes[i] = keccak256(as_bytes(std::string(134 + i, 'a')));
    for (std::size_t i = 0; i < hashes.size(); ++i)
        for (std::size_t k = 0; k < i; ++k) CHECK(hashes[i] != hashes[k]);
    CHECK(to_hex(hashes[2]) == "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e");
}

}  // namespace wagetrail
