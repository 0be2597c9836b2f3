// Blocks in memory for unit tests that read as a story:
//
//     ChainBuilder chain;                                   // btc-regtest, at its genesis block
//     const Address alice = chain.address("alice");
//     const Address bob = chain.address("bob", AddressKind::p2pkh);
//     chain.block({}, {.miner = alice});                    // height 1: 50 coins for alice
//     const BuiltTx wage = chain.pay(alice, bob, 3_coins);  // chooses inputs, change to alice
//     const Block block = chain.block({wage});              // height 2
//     const BuiltTx exact = chain.tx({wage.out(0)}, {{alice, 1_coins}, {bob, 199999000_units}});
//     chain.branch_from(Height(1));                         // what follows competes with height 2
//
// Every block decodes: txids, Merkle root, witness commitment, proof of work and reward are right.
// Beyond that a test may break rules on purpose: nothing here checks maturity, double spends or
// order. Deterministic. What it is told wrongly (unknown coin, too little money) aborts the test.
#pragma once

#include "tests/simulator/miner.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::simulator {

/// 3_coins is 3 * 10^8 base units.
[[nodiscard]] constexpr Amount operator""_coins(unsigned long long coins) {
    return Amount(coins * 100'000'000);
}
[[nodiscard]] constexpr Amount operator""_units(unsigned long long units) {
    return Amount(units);
}

class ChainBuilder {
  public:
    static constexpr Time kFirstBlockTime{1'704'067'200};  // 2024-01-01, height 1; then +600 each

    explicit ChainBuilder(LedgerId ledger = LedgerId::btc_regtest,
                          Signatures signatures = Signatures::placeholder);

    /// One name is one key; kinds as SecretKey::address. Inputs that spend it get signed.
    [[nodiscard]] Address address(std::string_view name, AddressKind kind = AddressKind::p2wpkh);
    [[nodiscard]] PublicKey public_key(std::string_view name);

    /// A transaction that spends outputs of any transaction made here or of a coinbase; what the
    /// outputs leave is the fee. It is in no block until it is handed to block(). Addresses that
    /// are not from address() can be paid, and spent without a signature.
    BuiltTx tx(const std::vector<OutPoint>& inputs,
               const std::vector<Output>& outputs,
               TxOptions options = {});
    /// From the oldest unspent outputs of payer's address on this branch (or not yet in a block):
    /// output 0 pays, output 1, when something is left, is change back to payer.
    BuiltTx pay(const Address& payer,
                const Address& payee,
                Amount amount,
                Amount fee = Amount(1000));

    struct BlockOptions {
        std::optional<Address> miner = std::nullopt;  // default: address("miner")
        std::optional<Time> time = std::nullopt;      // default: 600 s after the previous
    };
    /// The next block on the tip. Its coinbase's output 0 is the reward, output 1 the commitment.
    Block block(const std::vector<BuiltTx>& transactions, const BlockOptions& options);
    Block block(const std::vector<BuiltTx>& transactions = {}) { return block(transactions, {}); }

    [[nodiscard]] LedgerId ledger() const { return ledger_; }
    [[nodiscard]] Height height() const;
    [[nodiscard]] BlockHash tip() const { return branch_.back(); }
    /// Blocks of the current branch, from genesis at 0 to the tip.
    [[nodiscard]] Block block_at(Height height) const;
    [[nodiscard]] BlockHash hash_at(Height height) const;
    /// Output n of the coinbase at a height of the current branch.
    [[nodiscard]] OutPoint coinbase(Height height, std::uint32_t n = 0) const;
    /// What an output of a transaction made here says.
    [[nodiscard]] Coin coin(const OutPoint& at) const;

    /// Makes the block at height the tip: later blocks compete with those above it.
    void branch_from(Height height);
    /// Makes any block made here the tip, with its ancestors below it.
    void go_to(const BlockHash& hash);

  private:
    struct Stored {
        Bytes raw;
        BlockHash previous;
        Txid coinbase;
        std::vector<OutPoint> created;  // in block order
        std::vector<OutPoint> spent;
    };
    void remember(const BuiltTx& tx);
    void store(MinedBlock mined, const BlockHash& previous, const std::vector<BuiltTx>& txs);
    [[nodiscard]] const Keys& keys(std::string_view name);

    LedgerId ledger_;
    Signatures signatures_;
    std::map<std::string, Keys, std::less<>> keys_;
    std::map<Address, std::string> names_;
    std::map<OutPoint, Coin> coins_;                   // of every transaction ever made here
    std::map<Txid, std::vector<OutPoint>> inputs_of_;  // likewise
    std::map<BlockHash, Stored> blocks_;
    std::vector<BlockHash> branch_;  // by height
    std::vector<OutPoint> unspent_;  // on this branch and not yet in a block, oldest first
    std::uint64_t blocks_made_ = 0;
};

}  // namespace wagetrail::simulator
