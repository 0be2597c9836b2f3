// An exchange: one deposit address per customer, swept together into a hot wallet with one address,
// from which withdrawals are paid in batches. What the hot wallet does not need rests in a cold one
// of several keys.
#pragma once

#include "tests/simulator/actor.h"

#include <deque>
#include <map>

namespace wagetrail::simulator {

class Exchange : public Actor {
  public:
    Exchange(World& world, std::string name);

    /// The same for a customer every time.
    [[nodiscard]] Address deposit_address(OwnerId customer);
    /// Paid with one of the next batches, as far as the hot wallet reaches.
    void withdraw(const Address& to, Amount amount);

  private:
    void settle();
    void sweep();
    void pay_batch();
    void store_away();
    void fetch();

    Address hot_;
    Address cold_;
    std::map<OwnerId, Address> deposits_;
    std::deque<Payment> requests_;
};

}  // namespace wagetrail::simulator
