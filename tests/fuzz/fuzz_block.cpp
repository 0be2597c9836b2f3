// Any bytes as a block. The first one chooses the ledger. Chance does not find a Merkle root, so
// the one of the transactions that can be read is put into the header first.
#include "chain/bitcoin/block.h"

#include <algorithm>

namespace wagetrail {
namespace {

constexpr std::size_t kRootAt = 36;

std::vector<Txid> readable_txids(ByteView raw, bool mweb) {
    Reader reader(raw);
    static_cast<void>(reader.take(BlockHeader::kSize));
    std::vector<Txid> txids;
    for (std::size_t left = reader.count(1); left > 0; --left) {
        const Transaction tx = decode_transaction(reader, mweb);
        if (!reader.ok()) break;
        txids.push_back(tx.txid);
    }
    return txids;
}

void check_same_bytes(const Block& block) {
    const auto header = encode(block.header);
    Writer writer;
    writer.raw(header);
    writer.compact_size(block.transactions.size());
    for (const Transaction& tx : block.transactions)
        writer.raw(encode(tx, Serialise::with_witness));
    writer.raw(ByteView(block.raw).last(block.extension_size));
    CHECK(writer.bytes() == block.raw);
}

void check_proofs(const Block& block, const std::vector<Txid>& txids) {
    for (std::uint32_t i = 0; i < txids.size(); ++i) {
        MerkleProof proof = merkle_proof(txids, i);
        CHECK(verifies(proof, txids[i], block.header.merkle_root));
        proof.index = static_cast<std::uint32_t>(txids.size());
        CHECK(!verifies(proof, txids[i], block.header.merkle_root));
    }
}

void check(ByteView input) {
    if (input.empty()) return;
    const auto ledgers = all_ledgers();
    const LedgerParams& ledger = ledgers[input[0] % ledgers.size()];
    Bytes raw = to_bytes(input.subspan(1));
    std::vector<Txid> txids;
    if (raw.size() > BlockHeader::kSize) {
        txids = readable_txids(raw, ledger.mweb);
        const MerkleRoot root = merkle_root(txids).root;
        std::copy(root.value.begin(), root.value.end(), raw.begin() + kRootAt);
    }
    auto block = decode_block(ledger, std::move(raw));
    if (!block) {
        CHECK(block.error().code == ErrorCode::corrupt);
        return;
    }
    CHECK(block->transactions.size() == txids.size());
    CHECK(block->transactions[0].is_coinbase());
    CHECK(ledger.mweb || block->extension_size == 0);
    CHECK(hash_of(block->header) == block->hash);
    static_cast<void>(work_of(block->header));
    check_same_bytes(*block);
    check_proofs(*block, txids);
}

}  // namespace
}  // namespace wagetrail

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::check({data, size});
    return 0;
}
