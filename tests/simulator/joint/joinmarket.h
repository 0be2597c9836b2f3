// CoinJoins as JoinMarket makes them: a taker names an amount and pays some makers for an equal
// output each; everybody gets his change, and a taker who sweeps a mixdepth has none.
#pragma once

#include "tests/simulator/joint/participant.h"

namespace wagetrail::simulator {

/// One CoinJoin, when enough makers have the amount. The first of the crowd in an order by chance
/// takes, others make. Some takers pay a shop with it.
void joinmarket_round(Town& town, const Crowd& crowd);

}  // namespace wagetrail::simulator
