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
    std::optional<OwnerId> payer = std::nullopt;  // where it is not the owner of the first input
};

/// How a transaction is made, where that is not as its payer's program makes payments.
struct Manner {
    TxKind kind = TxKind::ordinary;
    std::string_view undetectable = {};        // as in TxNote
    std::optional<OwnerId> by = std::nullopt;  // whose program; default: the first input's owner
    std::optional<Fingerprint> print = std::nullopt;  // of a protocol, instead of the program's
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

    /// software: by chance, one of those that private people use, unless it is given.
    OwnerId add_owner(std::string name,
                      Role role,
                      AddressKind kind,
                      std::optional<Software> software);
    /// p2wsh is 2 of 3 keys, the other kinds are one key.
    Address new_address(OwnerId owner,
                        Use use,
                        std::optional<AddressKind> kind = std::nullopt,
                        std::optional<OwnerId> customer = std::nullopt);

    /// Of a deposit address.
    [[nodiscard]] std::optional<OwnerId> customer_of(const Address& address) const;

    [[nodiscard]] Time now() const { return now_; }
    [[nodiscard]] Rng& rng() { return rng_; }
    [[nodiscard]] Truth& truth() { return truth_; }
    void after(std::int64_t seconds, Schedule::Action action);
    /// Again and again, the first time after `first`, then every `low` to `high` seconds.
    void repeat(std::int64_t first, std::int64_t low, std::int64_t high, Schedule::Action action);

    /// Coins the owner may spend in the block in the making, oldest first. Coins that are set aside
    /// (deposits of customers, hops, what waits for a mix or came out of one, cold ones) come only
    /// by asking for their use.
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
    /// Exactly these inputs and outputs, in the order of the program; what is left is the fee.
    Sent send(const std::vector<Coin>& inputs,
              const std::vector<Payment>& payments,
              const Manner& manner);
    Sent send(const std::vector<Coin>& inputs, const std::vector<Payment>& payments) {
        return send(inputs, payments, {});
    }
    /// Whether one more transaction may be undetectable: at most 1 % of all so far.
    [[nodiscard]] bool may_hide() const;
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
    /// Of the owner's program, now.
    [[nodiscard]] unsigned release_of(OwnerId owner) const;
    [[nodiscard]] Fingerprint print_of(OwnerId owner) const;
    /// In the order in which coins are chosen to reach an amount.
    [[nodiscard]] std::vector<Coin> purse_of(OwnerId payer, CoinChoice choice, Amount needed) const;
    [[nodiscard]] Address change_address(OwnerId payer,
                                         const std::vector<Coin>& inputs,
                                         const std::vector<Payment>& payments);
    void credit(const BuiltTx& tx, Height spendable_from);
    void take(const Coin& coin);
    [[nodiscard]] TxRecord record_of(const BuiltTx& tx,
                                     const std::vector<Coin>& inputs,
                                     const std::vector<Payment>& payments) const;
    void arrange(std::vector<Coin>& inputs, Ordering ordering);
    /// Where each payment goes: result[n] is the place in payments of output n.
    [[nodiscard]] std::vector<std::size_t> arranged(const std::vector<Payment>& payments,
                                                    Ordering ordering);

    BlockSink sink_;
    Rng rng_;
    Schedule schedule_;
    Truth truth_;
    std::vector<Keys> keys_;                        // one per truth_.addresses
    std::map<Address, std::size_t> address_index_;  // into both
    std::vector<std::vector<OwnedCoin>> purses_;    // by OwnerId, oldest first
    std::vector<BuiltTx> pending_;
    std::vector<TxRecord> pending_records_;
    std::size_t hidden_ = 0;  // undetectable ones
    Height height_;           // of the block in the making, or of the tip between blocks
    BlockHash tip_;
    Time now_;
};

}  // namespace wagetrail::simulator
