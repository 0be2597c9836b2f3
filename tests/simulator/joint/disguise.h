// Payments that do not look like what they are. PayJoin (BIP78): the payee adds a coin of his own.
// Stonewall: one payer makes a payment look like a CoinJoin of two. Stonewall x2: it is one.
#pragma once

#include "tests/simulator/people.h"

namespace wagetrail::simulator {

/// False, and nothing happens, when the payer or the payee lacks the coins.
bool payjoin(World& world, OwnerId payer, Shop& payee, Amount amount);
bool stonewall(World& world, OwnerId payer, const Address& payee, Amount amount);
bool stonewall_x2(World& world, OwnerId payer, OwnerId helper, const Address& payee, Amount amount);

}  // namespace wagetrail::simulator
