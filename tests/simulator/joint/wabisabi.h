// Rounds of Wasabi 2 (WabiSabi): everybody brings up to ten coins of any amount and gets their sum
// back in standard denominations (powers of two and three, twice the powers of three, and 1, 2, 5
// times the powers of ten). Which of them a round uses follows from its inputs. What no
// denomination fits is change. Inputs and outputs stand from large to small.
#pragma once

#include "tests/simulator/joint/participant.h"

namespace wagetrail::simulator {

/// From 5,000 base units up, ascending.
[[nodiscard]] std::vector<Amount> wabisabi_denominations();

/// One round; nothing happens when too few coins come together.
void wabisabi_round(World& world, OwnerId coordinator, const Crowd& crowd);

}  // namespace wagetrail::simulator
