#include "chain/bitcoin/merkle.h"

#include "chain/base/sha256.h"

#include <algorithm>
#include <array>

namespace wagetrail {
namespace {

using Node = std::array<std::uint8_t, 32>;

Node parent_of(const Node& left, const Node& right) {
    std::array<std::uint8_t, 64> both;
    std::copy(left.begin(), left.end(), both.begin());
    std::copy(right.begin(), right.end(), both.begin() + 32);
    return sha256d(both);
}

std::vector<Node> leaves_of(const std::vector<Txid>& txids) {
    std::vector<Node> row;
    row.reserve(txids.size());
    for (const Txid& txid : txids) row.push_back(txid.value);
    return row;
}

/// Replaces a row of two or more by the one above it. True when a pair was equal.
bool climb(std::vector<Node>& row) {
    bool equal_pair = false;
    const std::size_t above = (row.size() + 1) / 2;
    for (std::size_t i = 0; i < above; ++i) {
        const Node& left = row[2 * i];
        const bool paired = 2 * i + 1 < row.size();
        const Node& right = paired ? row[2 * i + 1] : left;
        if (paired && left == right) equal_pair = true;
        row[i] = parent_of(left, right);
    }
    row.resize(above);
    return equal_pair;
}

}  // namespace

MerkleResult merkle_root(const std::vector<Txid>& txids) {
    if (txids.empty()) return {};
    std::vector<Node> row = leaves_of(txids);
    bool mutated = false;
    while (row.size() > 1) mutated = climb(row) || mutated;
    return {.root = MerkleRoot{row.front()}, .mutated = mutated};
}

MerkleProof merkle_proof(const std::vector<Txid>& txids, std::uint32_t index) {
    CHECK(index < txids.size());
    MerkleProof proof{.index = index, .siblings = {}};
    std::vector<Node> row = leaves_of(txids);
    for (std::size_t at = index; row.size() > 1; at /= 2) {
        proof.siblings.push_back(Sha256Hash{row[std::min(at ^ 1U, row.size() - 1)]});
        climb(row);
    }
    return proof;
}

bool verifies(const MerkleProof& proof, const Txid& txid, const MerkleRoot& root) {
    Node node = txid.value;
    std::uint64_t at = proof.index;
    if (proof.siblings.size() > 32) return false;
    for (const Sha256Hash& sibling : proof.siblings) {
        const bool on_the_right = (at & 1U) != 0;
        if (on_the_right && sibling.value == node) return false;
        node = on_the_right ? parent_of(sibling.value, node) : parent_of(node, sibling.value);
        at >>= 1U;
    }
    return at == 0 && node == root.value;
}

}  // namespace wagetrail
