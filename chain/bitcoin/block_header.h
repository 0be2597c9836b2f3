// The 80 bytes that name a block and carry its proof of work. All ledgers of the family share the
// layout and the hash that links blocks; the hash that was mined may be another one.
#pragma once

#include "chain/base/ids.h"

#include <array>
#include <cstdint>

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
/// corrupt unless there are exactly 80 bytes.
[[nodiscard]] Expected<BlockHeader> decode_header(ByteView bytes);
[[nodiscard]] BlockHash hash_of(const BlockHeader& header);

/// Expected number of hashes for the header's target, saturated at 2^128 - 1 (chain selection).
/// Zero for bits that are no target: negative, zero or beyond 256 bits.
__extension__ using Work = unsigned __int128;
[[nodiscard]] Work work_of(const BlockHeader& header);

}  // namespace wagetrail
