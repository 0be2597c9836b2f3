#include "cli/verify/proven.h"

#include "chain/bitcoin/merkle.h"

#include "cli/verify/verdict.h"

namespace wagetrail::verifier {
namespace {

// The size of two hashes: such a transaction may be an inner node of a Merkle tree in disguise
// (CVE-2017-12842).
constexpr std::size_t kInnerNodeSize = 64;

Expected<ProvenTransaction> proven(LedgerId ledger,
                                   const EnclosedTransaction& enclosed,
                                   const ProvenBlock& block) {
    auto tx = decode_transaction(ByteView(enclosed.raw), params(ledger).mweb);
    if (!tx) return broken(enclosed.path + " is no transaction: " + tx.error().what);
    if (tx->txid != enclosed.txid)
        return broken(enclosed.path + ": the bytes are of transaction " + text(tx->txid) +
                      ", not of " + text(enclosed.txid));
    if (encode(*tx, Serialise::without_witness).size() == kInnerNodeSize)
        return broken(enclosed.path + " has 64 bytes, which proves nothing in a Merkle tree");
    if (enclosed.index > 0xFFFFFFFF || enclosed.branch.size() > 32)
        return broken(enclosed.path + ": no block has such a place");
    const MerkleProof proof{.index = static_cast<std::uint32_t>(enclosed.index),
                            .siblings = enclosed.branch};
    if (!verifies(proof, tx->txid, block.header.merkle_root))
        return broken(enclosed.path + ": the Merkle branch of " + text(tx->txid) +
                      " does not lead to the header of block " + text(enclosed.height));
    return ProvenTransaction{
        .tx = *std::move(tx), .height = enclosed.height, .index = enclosed.index};
}

}  // namespace

Expected<std::string> Proven::add_headers(const Bundle& bundle) {
    for (const EnclosedHeader& enclosed : bundle.headers) {
        const auto header = decode_header(enclosed.raw);
        if (!header) return broken(enclosed.path + " is no block header of 80 bytes");
        if (hash_of(*header) != enclosed.hash)
            return broken(enclosed.path + ": the header of block " + text(enclosed.height) +
                          " does not hash to " + text(enclosed.hash));
        if (!blocks_.emplace(enclosed.height, ProvenBlock{*header, enclosed.hash}).second)
            return broken(enclosed.path + ": block " + text(enclosed.height) + " stands twice");
    }
    return std::to_string(blocks_.size()) + " headers hash to their block hashes";
}

Expected<std::string> Proven::add_transactions(const Bundle& bundle) {
    for (const EnclosedTransaction& enclosed : bundle.transactions) {
        const ProvenBlock* const at = block(enclosed.height);
        if (at == nullptr)
            return broken(enclosed.path + ": the header of block " + text(enclosed.height) +
                          " is not enclosed");
        ProvenTransaction one = TRY(proven(bundle.ledger, enclosed, *at));
        if (!transactions_.emplace(enclosed.txid, std::move(one)).second)
            return broken(enclosed.path + ": transaction " + text(enclosed.txid) + " stands twice");
    }
    return std::to_string(transactions_.size()) +
           " transactions hash to their ids and stand under the headers";
}

const ProvenTransaction* Proven::find(const Txid& txid) const {
    const auto found = transactions_.find(txid);
    return found == transactions_.end() ? nullptr : &found->second;
}

const ProvenBlock* Proven::block(Height height) const {
    const auto found = blocks_.find(height);
    return found == blocks_.end() ? nullptr : &found->second;
}

Expected<const TxOut*> Proven::output(const OutPoint& at) const {
    const ProvenTransaction* const tx = find(at.txid);
    if (tx == nullptr) return static_cast<const TxOut*>(nullptr);
    if (at.vout.value >= tx->tx.outputs.size())  // raw: index
        return broken("transaction " + text(at.txid) + " has no output " + text(at.vout));
    return &tx->tx.outputs[at.vout.value];  // raw: index
}

}  // namespace wagetrail::verifier
