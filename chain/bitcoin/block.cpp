#include "chain/bitcoin/block.h"

#include <string>
#include <utility>

namespace wagetrail {
namespace {

/// Version, one input, one output, lock time, and nothing in them.
constexpr std::size_t kTransactionBytesMin = 4 + (1 + 41) + (1 + 9) + 4;

std::unexpected<Error> refuse(const Block& block, const std::string& what) {
    return fail(ErrorCode::corrupt, "block " + text(block.hash) + ": " + what);
}

std::string where(const Reader& reader, const Block& block) {
    return " at byte " + std::to_string(reader.failed_at()) + " of " +
           std::to_string(block.raw.size()) + ": " + std::string(reader.why());
}

Expected<void> read_transactions(const LedgerParams& ledger, Reader& reader, Block& block) {
    const std::size_t count = reader.count(kTransactionBytesMin);
    if (!reader.ok()) return refuse(block, "count of transactions," + where(reader, block));
    if (count == 0) return refuse(block, "has no transactions");
    block.transactions.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        Transaction tx = decode_transaction(reader, ledger.mweb);
        if (!reader.ok())
            return refuse(block, "transaction " + std::to_string(i) + "," + where(reader, block));
        block.transactions.push_back(std::move(tx));
    }
    return {};
}

/// One coinbase, in front; a HogEx only at the end, and not as the coinbase.
Expected<void> check_places(const Block& block) {
    const std::size_t last = block.transactions.size() - 1;
    for (std::size_t i = 0; i <= last; ++i) {
        const Transaction& tx = block.transactions[i];
        if (tx.is_coinbase() != (i == 0))
            return refuse(block, "transaction " + std::to_string(i) +
                                     (i == 0 ? " is not a coinbase" : " is a second coinbase"));
        if (tx.is_hogex && (i == 0 || i != last))
            return refuse(block, "transaction " + std::to_string(i) +
                                     " is a HogEx, which can only be the last after a coinbase");
    }
    return {};
}

/// What follows the transactions: nothing, or behind a HogEx the byte 1 and the extension block,
/// which is not looked into.
Expected<void> read_extension(const Reader& reader, Block& block) {
    const std::size_t end = reader.position();
    block.extension_size = reader.left();
    if (!block.transactions.back().is_hogex) {
        if (block.extension_size == 0) return {};
        return refuse(block, "ends at byte " + std::to_string(end) + " and " +
                                 std::to_string(block.extension_size) + " more bytes follow");
    }
    if (block.extension_size < 2 || block.raw[end] != 1)
        return refuse(block, "the extension block that its HogEx announces is missing at byte " +
                                 std::to_string(end));
    return {};
}

Expected<void> check_merkle_root(const Block& block) {
    std::vector<Txid> txids;
    txids.reserve(block.transactions.size());
    for (const Transaction& tx : block.transactions) txids.push_back(tx.txid);
    const MerkleResult merkle = merkle_root(txids);
    if (merkle.root != block.header.merkle_root)
        return refuse(block, "the transactions have the Merkle root " + text(merkle.root) +
                                 ", the header says " + text(block.header.merkle_root));
    if (merkle.mutated)
        return refuse(block,
                      "transactions are repeated in a way that leaves the Merkle root unchanged "
                      "(CVE-2012-2459)");
    return {};
}

}  // namespace

Expected<Block> decode_block(const LedgerParams& ledger, Bytes raw) {
    if (raw.size() < BlockHeader::kSize)
        return fail(ErrorCode::corrupt,
                    "block of " + std::to_string(raw.size()) + " bytes, less than a header");
    Block block;
    block.raw = std::move(raw);
    Reader reader(block.raw);
    BlockHeader::fields(reader, block.header);
    block.hash = hash_of(block.header);
    TRY(read_transactions(ledger, reader, block));
    TRY(check_places(block));
    TRY(read_extension(reader, block));
    TRY(check_merkle_root(block));
    return block;
}

}  // namespace wagetrail
