// The network a tracer is after: payees who send most of their pay through hops to consolidators,
// who pass it to sanctioned parties. On the way clean coins are mixed in, so that accounting
// methods differ.
#pragma once

#include "tests/simulator/people.h"

#include <vector>

namespace wagetrail::simulator {

/// A sanctioned party. Receives, and now and then cashes out at the exchange.
class ListedActor : public Actor {
  public:
    ListedActor(Town& town, std::string name, AddressKind kind);

    /// One more address that the list will publish.
    Address add_address(AddressKind kind);
    [[nodiscard]] const Address& any_address() { return rng().pick(addresses_); }
    void received(const Coin& coin);

  private:
    Town& town_;
    std::vector<Address> addresses_;
};

class Consolidator : public Actor {
  public:
    enum class Collects : std::uint8_t { at_one_address, at_one_per_remitter };
    Consolidator(Town& town,
                 std::string name,
                 AddressKind kind,
                 Collects collects,
                 std::vector<ListedActor*> serves);

    /// Where a remitter delivers; ask once.
    [[nodiscard]] Address collector();

  private:
    void distribute();

    Town& town_;
    Collects collects_;
    Address fixed_;
    std::vector<ListedActor*> serves_;
};

class Remitter : public Actor {
  public:
    Remitter(Town& town, std::string name, AddressKind kind, Consolidator& consolidator);

    [[nodiscard]] const Address& payout() const { return payout_; }
    void paid(const Coin& salary);

  private:
    void forward(const Coin& salary);
    void hop(const Coin& coin, std::uint64_t hops_left);
    [[nodiscard]] Payment next_stop(Amount amount, std::uint64_t hops_left);
    void plan_hop(const Coin& coin, std::uint64_t hops_left);

    Town& town_;
    Address payout_;
    Address delivery_;  // the consolidator's
};

}  // namespace wagetrail::simulator
