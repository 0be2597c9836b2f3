// The Merkle tree over a block's transaction ids: the root, and the proof that one id is under it.
#pragma once

#include "chain/base/ids.h"

#include <cstdint>
#include <vector>

namespace wagetrail {

/// Root over the ids, duplicating the last of an odd row. mutated: two equal neighbours were hashed
/// together, so another list has the same root (CVE-2012-2459).
struct MerkleResult {
    MerkleRoot root;
    bool mutated = false;
};
/// All zero for no ids.
[[nodiscard]] MerkleResult merkle_root(const std::vector<Txid>& txids);

/// Proof that the transaction at index is under the root: siblings from the leaf up.
struct MerkleProof {
    std::uint32_t index = 0;
    std::vector<Sha256Hash> siblings;
};
/// index must be below the number of ids.
[[nodiscard]] MerkleProof merkle_proof(const std::vector<Txid>& txids, std::uint32_t index);
/// Also false for an index beyond the tree or on the duplicated end of an odd row, so no id is
/// proven at a place where no transaction stands.
[[nodiscard]] bool verifies(const MerkleProof& proof, const Txid& txid, const MerkleRoot& root);

}  // namespace wagetrail
