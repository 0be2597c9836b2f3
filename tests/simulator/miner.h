// Assembles blocks as regtest's consensus wants them: BIP34 coinbase, subsidy, witness commitment
// (BIP141), Merkle root and real proof of work at the least difficulty (SHA256d of the header; on
// Litecoin scrypt).
#pragma once

#include "chain/base/time.h"
#include "chain/bitcoin/block.h"

#include "tests/simulator/tx_builder.h"

#include <optional>
#include <span>
#include <vector>

namespace wagetrail::simulator {

/// New coins of a block on regtest: 50, halved every 150 blocks.
[[nodiscard]] Amount subsidy(Height height);

struct BlockPlan {
    LedgerId ledger = LedgerId::btc_regtest;
    Height height;
    BlockHash previous;
    Time time;
    Address miner;            // gets subsidy and fees
    std::uint64_t extra = 0;  // into the coinbase script: tells equal blocks of two branches apart
    std::optional<Amount> new_coins = std::nullopt;  // instead of subsidy()
};

struct MinedBlock {
    Bytes raw;
    BlockHash hash;
    BuiltTx coinbase;  // output 0 the reward, output 1 the witness commitment
};

/// The transactions in this order behind the coinbase; the caller has put parents before children.
[[nodiscard]] MinedBlock mine(const BlockPlan& plan, std::span<const BuiltTx> transactions);

/// The first block of a regtest ledger, byte for byte as nodes have it.
[[nodiscard]] Bytes genesis_block(LedgerId ledger);

}  // namespace wagetrail::simulator
