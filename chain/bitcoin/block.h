// A Bitcoin-family block. decode_block proves what it returns: the Merkle root of the transactions
// is the header's, and no transaction list of the CVE-2012-2459 kind passes.
#pragma once

#include "chain/bitcoin/transaction.h"
#include "chain/ledger.h"

#include <array>
#include <vector>

namespace wagetrail {

struct BlockHeader {
    static constexpr std::size_t kSize = 80;

    std::uint32_t version = 0;
    BlockHash previous;
    MerkleRoot merkle_root;
    std::uint32_t time = 0;  // seconds since 1970, as the miner says
    std::uint32_t bits = 0;
    std::uint32_t nonce = 0;

    static void fields(auto& codec, auto& header) {
        codec.template little<4>(header.version);
        codec.hash(header.previous);
        codec.hash(header.merkle_root);
        codec.template little<4>(header.time);
        codec.template little<4>(header.bits);
        codec.template little<4>(header.nonce);
    }
};

[[nodiscard]] std::array<std::uint8_t, BlockHeader::kSize> encode(const BlockHeader& header);
[[nodiscard]] Expected<BlockHeader> decode_header(ByteView bytes);
[[nodiscard]] BlockHash hash_of(const BlockHeader& header);

/// Expected number of hashes for the header's target, saturated at 2^128 - 1 (chain selection).
__extension__ using Work = unsigned __int128;
[[nodiscard]] Work work_of(const BlockHeader& header);

/// Owns the raw bytes its transactions borrow. Movable; moving keeps the views valid.
struct Block {
    BlockHeader header;
    BlockHash hash;
    std::vector<Transaction> transactions;
    Bytes raw;
    std::size_t extension_size = 0;  // bytes of Litecoin's extension block behind the transactions

    Block() = default;
    Block(Block&&) = default;
    Block& operator=(Block&&) = default;
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    ~Block() = default;
};

/// The whole of raw must be one block. corrupt: says which transaction and byte.
[[nodiscard]] Expected<Block> decode_block(const LedgerParams& ledger, Bytes raw);

/// Root over the ids, duplicating the last of an odd row. mutated: two equal neighbours were hashed
/// together, so another list has the same root (CVE-2012-2459).
struct MerkleResult {
    MerkleRoot root;
    bool mutated = false;
};
[[nodiscard]] MerkleResult merkle_root(const std::vector<Txid>& txids);

/// Proof that the transaction at index is under the root: siblings from the leaf up.
struct MerkleProof {
    std::uint32_t index = 0;
    std::vector<Sha256Hash> siblings;
};
/// index must be below the number of ids.
[[nodiscard]] MerkleProof merkle_proof(const std::vector<Txid>& txids, std::uint32_t index);
[[nodiscard]] bool verifies(const MerkleProof& proof, const Txid& txid, const MerkleRoot& root);

}  // namespace wagetrail
