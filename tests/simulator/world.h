// What all actors of a simulation share: owners with their keys and coins, the clock, the
// transactions of the block in the making, the chain so far and the truth about it. An actor acts
// by pay() or send(); the payee has the coins at once and may spend them in the same block.
#pragma once

#include "tests/simulator/miner.h"
#include "tests/simulator/rng.h"
#include "tests/simulator/schedule.h"
#include "tests/simulator/truth.h"

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace wagetrail::simulator {

struct Payment {
    Address to;  // somebody's: made by new_address
    Amount amount;
    Purpose purpose = Purpose::purchase;
};

/// What a payer gets back: where each of his payments stands.
struct Sent {
    Txid txid;
    std::vector<Coin> coins;  // one per payment, in the order asked for
};

class World {
  public:
    using BlockSink = std::function<void(ByteView raw)>;

    /// Hands genesis to the sink at once, and each block when it is closed.
    World(const SimulationParameters& parameters, BlockSink sink);

    OwnerId add_owner(std::string name, Role role, AddressKind kind);
    Address new_address(OwnerId owner,
                        Use use,
                        std::optional<AddressKind> kind = std::nullopt,
                        std::optional<OwnerId> customer = std::nullopt);

    [[nodiscard]] Time now() const { return now_; }
    [[nodiscard]] Rng& rng() { return rng_; }
    [[nodiscard]] Truth& truth() { return truth_; }
    void after(std::int64_t seconds, Schedule::Action action);
    /// Again and again, the first time after `first`, then every `low` to `high` seconds.
    void repeat(std::int64_t first, std::int64_t low, std::int64_t high, Schedule::Action action);

    /// Coins the owner may spend in the block in the making, oldest first. Deposits that customers
    /// made at an exchange and coins on their hops come only by asking for their use.
    [[nodiscard]] std::vector<Coin> coins(OwnerId owner) const;
    [[nodiscard]] std::vector<Coin> coins(OwnerId owner, Use use) const;
    [[nodiscard]] Amount balance(OwnerId owner) const;

    struct Funding {
        std::vector<Coin> spend_first = {};               // all of these, in this order
        std::optional<Address> change_to = std::nullopt;  // default: a fresh change address
    };
    /// Spends the oldest coins; nullopt, and nothing happens, when payer has too little.
    std::optional<Sent> pay(OwnerId payer, const std::vector<Payment>& payments, Funding funding);
    std::optional<Sent> pay(OwnerId payer, const std::vector<Payment>& payments) {
        return pay(payer, payments, {});
    }
    /// Exactly these inputs and outputs; what is left is the fee.
    Sent send(const std::vector<Coin>& inputs, const std::vector<Payment>& payments);
    /// What a transaction of that shape should leave for the miner.
    [[nodiscard]] Amount fee(std::size_t inputs, std::size_t outputs);

    /// Moves the clock to the next block's time and runs what is planned until then.
    void open_block();
    /// Mines what was sent since; the reward goes to that address.
    void close_block(const Address& miner);
    [[nodiscard]] Height height() const { return height_; }

  private:
    struct OwnedCoin {
        Coin coin;
        Use use;
        Height spendable_from;
    };
    [[nodiscard]] OwnerId owner_of(const Address& address) const;
    void credit(const BuiltTx& tx, Height spendable_from);
    void take(const Coin& coin);
    [[nodiscard]] TxRecord record_of(const BuiltTx& tx,
                                     const std::vector<Coin>& inputs,
                                     const std::vector<Payment>& payments) const;

    BlockSink sink_;
    Rng rng_;
    Schedule schedule_;
    Truth truth_;
    std::vector<SecretKey> keys_;                   // one per truth_.addresses
    std::map<Address, std::size_t> address_index_;  // into both
    std::vector<std::vector<OwnedCoin>> purses_;    // by OwnerId, oldest first
    std::vector<BuiltTx> pending_;
    std::vector<TxRecord> pending_records_;
    Height height_;  // of the block in the making, or of the tip between blocks
    BlockHash tip_;
    Time now_;
};

}  // namespace wagetrail::simulator
