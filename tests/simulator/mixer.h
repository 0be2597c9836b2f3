// A custodial mixer: takes a coin at an address made for the customer, and after a while pays him
// from coins of others, less its fee. It pays by peeling: one large coin loses a payment at each
// hop and moves on to a fresh address.
#pragma once

#include "tests/simulator/people.h"

#include <deque>

namespace wagetrail::simulator {

class Mixer : public Actor {
  public:
    Mixer(Town& town, std::string name);

    /// The customer's coins come back to these addresses, in as many parts.
    void mix(OwnerId customer, Amount amount, const std::vector<Address>& back);

  private:
    struct Order {
        OwnerId customer;
        Address to;
        Amount amount;
    };
    void pay_out();
    [[nodiscard]] std::optional<Coin> coin_for(const Order& order) const;

    std::deque<Order> orders_;
};

}  // namespace wagetrail::simulator
