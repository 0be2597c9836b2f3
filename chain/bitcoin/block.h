// A Bitcoin-family block. decode_block proves what it returns: the Merkle root of the transactions
// is the header's, no transaction list of the CVE-2012-2459 kind passes, and the first transaction,
// and only it, is the coinbase. Witnesses are not under that root.
#pragma once

#include "chain/bitcoin/block_header.h"  // IWYU pragma: export
#include "chain/bitcoin/merkle.h"        // IWYU pragma: export
#include "chain/bitcoin/transaction.h"   // IWYU pragma: export
#include "chain/ledger.h"

#include <vector>

namespace wagetrail {

/// Owns the raw bytes its transactions borrow. Movable; moving keeps the views valid.
struct Block {
    BlockHeader header;
    BlockHash hash;
    std::vector<Transaction> transactions;
    Bytes raw;
    std::size_t extension_size = 0;  // all bytes behind the transactions: Litecoin's extension
                                     // block with the byte that announces it

    Block() = default;
    Block(Block&&) = default;
    Block& operator=(Block&&) = default;
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    ~Block() = default;
};

/// The whole of raw must be one block. corrupt: says which transaction and byte.
[[nodiscard]] Expected<Block> decode_block(const LedgerParams& ledger, Bytes raw);

}  // namespace wagetrail
