#include "heuristics/trace/coin.h"

#include <tuple>

namespace wagetrail {

bool before(const Coin& a, const Coin& b) {
    return std::tie(a.tx.height, a.tx.index, a.vout) < std::tie(b.tx.height, b.tx.index, b.vout);
}

Expected<TxPosition> position_of(const index::LedgerView& view, const index::TxRecord& tx) {
    const index::BlockRow block = TRY(view.block(tx.height));
    return TxPosition{.ledger = view.ledger(),
                      .height = tx.height,
                      .block_hash = block.hash,
                      .time = {block.header.time},
                      .index = tx.index,
                      .txid = tx.txid};
}

Expected<Coin> coin_of(const index::LedgerView& view, OutId out) {
    const index::TxRecord tx = TRY(view.tx_of(out));
    const index::OutputRecord output = TRY(view.output(out));
    // raw: an output's number in its transaction is its distance from the first
    const OutIndex vout(static_cast<std::uint32_t>(out.value - tx.first_out.value));
    return Coin{.tx = TRY(position_of(view, tx)),
                .vout = vout,
                .address = TRY(view.address(output.address)),
                .amount = output.amount};
}

}  // namespace wagetrail
