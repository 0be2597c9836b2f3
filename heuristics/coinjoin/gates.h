// From which height on each CoinJoin protocol can be on a ledger. A protocol that a ledger never
// had has no gate; rules without a protocol need none.
#pragma once

#include "chain/base/ids.h"
#include "chain/ledger.h"

#include <optional>

namespace wagetrail {

struct CoinjoinGates {
    std::optional<Height> wasabi1;
    std::optional<Height> wasabi2;
    std::optional<Height> whirlpool;
    std::optional<Height> joinmarket;
};

[[nodiscard]] CoinjoinGates coinjoin_gates(LedgerId ledger);

/// Can a transaction at this height be of the protocol?
[[nodiscard]] constexpr bool is_open(const std::optional<Height>& gate, Height height) {
    return gate && height >= *gate;
}

}  // namespace wagetrail
