// Someone who takes part in CoinJoins: buys coins, brings them to rounds, and later spends what
// came out, mostly one coin at a time and sometimes several together.
#pragma once

#include "tests/simulator/people.h"

#include <vector>

namespace wagetrail::simulator {

class Participant : public Actor {
  public:
    Participant(Town& town, std::string name, Software software);

    [[nodiscard]] std::vector<Coin> unmixed() const { return world().coins(owner()); }
    [[nodiscard]] std::vector<Coin> mixed() const { return world().coins(owner(), Use::mixed); }
    [[nodiscard]] Address fresh(Use use, AddressKind kind = AddressKind::p2wpkh);

  private:
    void buy();
    void spend_mixed();

    Town& town_;
};

using Crowd = std::vector<std::unique_ptr<Participant>>;

/// The crowd in an order by chance.
[[nodiscard]] std::vector<Participant*> shuffled(const Crowd& crowd, Rng& rng);
[[nodiscard]] Amount sum_of(const std::vector<Coin>& coins);
/// The fewest of the largest coins that reach the amount; none when all together do not, or when
/// that takes more than most.
[[nodiscard]] std::vector<Coin> largest_reaching(std::vector<Coin> coins,
                                                 Amount amount,
                                                 std::size_t most);

}  // namespace wagetrail::simulator
