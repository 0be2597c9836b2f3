// A block with everything its rows need to know from before it: the outputs it spends, the ids of
// the addresses it pays, their totals. With it, extraction and derivation are pure functions.
#pragma once

#include "index/prepared_block.h"
#include "index/rows.h"

#include <unordered_map>
#include <vector>

namespace wagetrail::index {

/// First free ids before a block.
struct NextIds {
    TxId tx;
    InId in;
    OutId out;
    AddrId addr;
};

struct SpentOutput {
    OutId out;
    AddrId address_id;
    Amount amount;
    Address address;
};

struct ResolvedBlock {
    Height height;
    Block block;
    std::optional<SourcePosition> position;
    NextIds first;
    std::vector<SpentOutput> spent;                    // one per non-coinbase input, in block order
    std::vector<AddrId> paid;                          // one per output, in block order
    std::vector<PreparedOutput> new_addresses;         // ids first.addr, first.addr + 1, ...
    std::unordered_map<AddrId, Totals> totals_before;  // of every address spent from or paid
    std::unique_ptr<Hints> hints;                      // nullptr when nothing was prepared
};

}  // namespace wagetrail::index
