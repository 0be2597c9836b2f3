// Gives equal amounts to many people from several coins of its own: it looks like a CoinJoin and is
// none.
#pragma once

#include "tests/simulator/people.h"

namespace wagetrail::simulator {

class Promoter : public Actor {
  public:
    Promoter(Town& town, std::string name, const std::vector<std::unique_ptr<User>>& users);

  private:
    void give();

    Town& town_;
    const std::vector<std::unique_ptr<User>>& users_;
};

}  // namespace wagetrail::simulator
