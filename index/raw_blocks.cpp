#include "index/raw_blocks.h"

namespace wagetrail::index {

Expected<const Block*> RawBlocks::block(const LedgerView& view, Height height) {
    const BlockRow row = TRY(view.block(height));
    for (const Block& known : kept_)
        if (known.hash == row.hash) return &known;
    Block read = TRY(reader_.block(height, row.hash, TRY(view.source_position(height))));
    if (kept_.size() == kKept) kept_.pop_front();
    kept_.push_back(std::move(read));
    return &kept_.back();
}

Expected<const Transaction*> RawBlocks::transaction(const LedgerView& view, const TxRecord& tx) {
    const Block* const found = TRY(block(view, tx.height));
    if (tx.index >= found->transactions.size() || found->transactions[tx.index].txid != tx.txid)
        return fail(ErrorCode::corrupt, "transaction " + text(tx.txid) +
                                            " is not where the index "
                                            "says in block " +
                                            text(tx.height) + "; run wagetrail doctor");
    return &found->transactions[tx.index];
}

}  // namespace wagetrail::index
