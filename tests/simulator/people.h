// Ordinary life around the payrolls: shops, honest payees, users of the exchange, and the CoinJoins
// some of them take part in.
#pragma once

#include "tests/simulator/exchange.h"

#include <memory>
#include <optional>
#include <vector>

namespace wagetrail::simulator {

/// Where money is spent. Its takings go to the exchange.
class Shop : public Actor {
  public:
    /// A shop that reuses addresses shows the same one to everybody.
    enum class Addresses : std::uint8_t { fresh, reused };
    Shop(World& world, Exchange& exchange, std::string name, AddressKind kind, Addresses addresses);

    [[nodiscard]] Address till();

  private:
    void bank();

    Address deposit_;
    Addresses addresses_;
    Address fixed_;
};

/// What people have around them. Owned elsewhere, outlives them.
struct Town {
    World& world;
    Exchange& exchange;
    std::vector<Shop*> shops;
};

/// An honest payee: spends, banks a part, moves the rest now and then.
class Worker : public Actor {
  public:
    Worker(Town& town, std::string name, AddressKind kind);

    [[nodiscard]] const Address& payout() const { return payout_; }
    void paid(const Coin& salary);

  private:
    Town& town_;
    Address payout_;
};

/// Buys coins at the exchange, spends them, pays others.
class User : public Actor {
  public:
    User(Town& town, std::string name, AddressKind kind);

    void start(const std::vector<std::unique_ptr<User>>& others);
    /// A fresh address; of those who are used to one address, that one.
    [[nodiscard]] Address receive();

  private:
    void act(const std::vector<std::unique_ptr<User>>& others);
    void move_own();

    Town& town_;
    std::optional<Address> fixed_;
};

/// Five users make five equal outputs and take their change, when five can.
void coinjoin(World& world, const std::vector<std::unique_ptr<User>>& users, Amount denomination);

/// A price as people ask it: some in round coins, the rest in fiat, which leaves odd amounts.
[[nodiscard]] Amount priced(Rng& rng, Amount about);

/// Several purchases of a part of the amount each, spread over some days.
void spend_over_days(Town& town, OwnerId buyer, Amount about, std::uint64_t purchases);

}  // namespace wagetrail::simulator
