// An output as an answer cites it: by position, address and amount, never by an id of the database.
#pragma once

#include "chain/base/time.h"

#include "index/view.h"

#include <cstdint>

namespace wagetrail {

/// The citation of a transaction.
struct TxPosition {
    LedgerId ledger = LedgerId::btc;
    Height height;
    BlockHash block_hash;
    Time time;                // of the block
    std::uint64_t index = 0;  // in the block
    Txid txid;
};

struct Coin {
    TxPosition tx;
    OutIndex vout;
    Address address;
    Amount amount;  // of the whole output

    [[nodiscard]] OutPoint at() const { return {tx.txid, vout}; }
};

/// Chain order.
[[nodiscard]] bool before(const Coin& a, const Coin& b);

[[nodiscard]] Expected<TxPosition> position_of(const index::LedgerView& view,
                                               const index::TxRecord& tx);
[[nodiscard]] Expected<Coin> coin_of(const index::LedgerView& view, OutId out);

}  // namespace wagetrail
