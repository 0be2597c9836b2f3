// Whirlpool as Samourai described it: a Tx0 splits a wallet's coins into equal ones a little above
// the pool's denomination and pays the pool's fee; a mix joins five such coins, or coins of earlier
// mixes, of five people and makes five of exactly the denomination. Who comes from a Tx0 pays the
// miner.
#pragma once

#include "tests/simulator/joint/participant.h"

namespace wagetrail::simulator {

struct Pool {
    Amount denomination;
    Amount fee;
};

class Whirlpool : public Actor {
  public:
    Whirlpool(World& world, std::string name, Pool pool, const Crowd& crowd);

  private:
    void enter(Participant& who);
    void mix();

    Pool pool_;
    const Crowd& crowd_;
};

}  // namespace wagetrail::simulator
