// The seam by which derived families are filled: sync takes a Derivation from its caller and never
// learns what its rows mean. Derived rows go into the same batch as the block's observed rows.
#pragma once

#include "index/resolved_block.h"

#include <functional>
#include <string>

namespace wagetrail::index {

/// Finds addresses by the SHA-256 of their script as of the block at hand, those new in it
/// included.
using AddressFinder = std::function<Expected<std::optional<AddrId>>(const Sha256Hash&)>;

struct Derivation {
    std::string version;  // of the rules; kept in meta, a database of another version is refused

    /// What derive will want to know about the block's bytes, found ahead of its turn. Never called
    /// concurrently, but from another thread than derive. May be empty.
    std::function<std::unique_ptr<Hints>(const SourceBlock&)> prepare = nullptr;
    /// Rows to insert for this block. before: the state up to the block before the previous one at
    /// least, with the previous one's rows or without: they may still be on their way to the disk.
    std::function<Expected<Batch>(
        const ResolvedBlock&, const ReadHandle& before, const AddressFinder&)>
        derive;
    /// Deletions that undo what derive inserted for the transactions [first, end).
    std::function<Expected<Batch>(const ReadHandle& now, TxId first, TxId end)> revert;
};

}  // namespace wagetrail::index
