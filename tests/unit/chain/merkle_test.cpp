#include "chain/bitcoin/merkle.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

std::vector<Txid> ids(std::size_t count) {
    std::vector<Txid> txids(count);
    for (std::size_t i = 0; i < count; ++i) txids[i].value[0] = static_cast<std::uint8_t>(i + 1);
    return txids;
}

}  // namespace

TEST_CASE("merkle: one id is its own root", "[chain][merkle]") {
    REQUIRE(merkle_root(ids(1)).root.value == ids(1)[0].value);
    REQUIRE(merkle_root({}).root == MerkleRoot{});
}

TEST_CASE("merkle: the root of a block of four is the known one", "[chain][merkle]") {
    std::vector<Txid> txids;  // block 100000 of Bitcoin
    for (const char* id : {"8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87",
                           "fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4",
                           "6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4",
                           "e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d"})
        txids.push_back(*parse_hash<Txid>(id));
    const MerkleResult merkle = merkle_root(txids);
    REQUIRE(text(merkle.root) ==
            "f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766");
    REQUIRE_FALSE(merkle.mutated);
}

TEST_CASE("merkle: every index has a proof, and it proves nothing else", "[chain][merkle]") {
    for (std::size_t count = 1; count <= 33; ++count) {
        const auto txids = ids(count);
        const MerkleRoot root = merkle_root(txids).root;
        for (std::uint32_t i = 0; i < count; ++i) {
            CAPTURE(count, i);
            MerkleProof proof = merkle_proof(txids, i);
            REQUIRE(verifies(proof, txids[i], root));
            REQUIRE_FALSE(verifies(proof, ids(count + 1)[count], root));
            REQUIRE_FALSE(verifies(proof, txids[i], MerkleRoot{}));
            for (std::uint32_t other = 0; other < 2 * count + 2; ++other) {
                proof.index = other;
                REQUIRE(verifies(proof, txids[i], root) == (other == i));
            }
        }
    }
}

TEST_CASE("merkle: a changed, missing or added sibling breaks a proof", "[chain][merkle]") {
    const auto txids = ids(11);
    const MerkleRoot root = merkle_root(txids).root;
    const MerkleProof proof = merkle_proof(txids, 6);
    for (std::size_t i = 0; i < proof.siblings.size(); ++i) {
        MerkleProof changed = proof;
        changed.siblings[i].value[31] ^= 1U;
        REQUIRE_FALSE(verifies(changed, txids[6], root));
    }
    MerkleProof cut = proof;
    cut.siblings.pop_back();
    REQUIRE_FALSE(verifies(cut, txids[6], root));
    MerkleProof endless = proof;
    endless.siblings.resize(64);
    REQUIRE_FALSE(verifies(endless, txids[6], root));
}

TEST_CASE("merkle: a repeated end has the same root and is noticed", "[chain][merkle]") {
    for (const std::size_t count : {3U, 5U, 6U, 7U, 9U, 12U}) {
        CAPTURE(count);
        const auto honest = ids(count);
        REQUIRE_FALSE(merkle_root(honest).mutated);
        // The odd row at the lowest level that has one: repeating its last subtree changes nothing.
        std::size_t width = 1;
        while ((count / width) % 2 == 0) width *= 2;
        auto repeated = honest;
        repeated.insert(repeated.end(), honest.end() - static_cast<std::ptrdiff_t>(width),
                        honest.end());
        const MerkleResult merkle = merkle_root(repeated);
        REQUIRE(merkle.root == merkle_root(honest).root);
        REQUIRE(merkle.mutated);
    }
}

}  // namespace wagetrail
