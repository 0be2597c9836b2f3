// Rounds of Wasabi 1 (ZeroLink, as nopara73 described it): everybody who brings enough gets one
// output of about 0.1 coins equal to all others', those with more also one of twice and four times
// that where at least two can, and the rest as change. The coordinator takes 0.003 % for each
// other output that hides one's own.
#pragma once

#include "tests/simulator/joint/participant.h"

namespace wagetrail::simulator {

/// One round; nothing happens when too few can join.
void zerolink_round(World& world, OwnerId coordinator, const Crowd& crowd);

}  // namespace wagetrail::simulator
