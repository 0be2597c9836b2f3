// The transactions that a bundle proves: their bytes are under the Merkle root of a header.
#pragma once

#include "chain/bitcoin/block_header.h"
#include "chain/bitcoin/transaction.h"

#include "cli/verify/bundle.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace wagetrail::verifier {

struct ProvenTransaction {
    Transaction tx;  // borrows the bytes of the bundle
    Height height;
    std::uint64_t index = 0;
};

struct ProvenBlock {
    BlockHeader header;
    BlockHash hash;
};

/// Borrows the bundle.
class Proven {
  public:
    /// Adds what holds; the error is the first that does not.
    [[nodiscard]] Expected<std::string> add_headers(const Bundle& bundle);
    /// After the headers.
    [[nodiscard]] Expected<std::string> add_transactions(const Bundle& bundle);

    /// nullptr: not enclosed.
    [[nodiscard]] const ProvenTransaction* find(const Txid& txid) const;
    [[nodiscard]] const ProvenBlock* block(Height height) const;
    /// The output, when its transaction is enclosed; an error when that has no such output.
    [[nodiscard]] Expected<const TxOut*> output(const OutPoint& at) const;
    [[nodiscard]] std::size_t size() const { return transactions_.size(); }
    [[nodiscard]] const std::unordered_map<Height, ProvenBlock>& blocks() const { return blocks_; }

  private:
    std::unordered_map<Height, ProvenBlock> blocks_;
    std::unordered_map<Txid, ProvenTransaction> transactions_;
};

}  // namespace wagetrail::verifier
