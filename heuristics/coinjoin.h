// Is a transaction a CoinJoin, by its shape alone? HEURISTICS.md "coinjoin" has the rule, where it
// abstains and what was measured. Pure: no database, no order of calls.
#pragma once

#include "chain/base/amount.h"
#include "chain/base/ids.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace wagetrail {

/// What a rule says about a transaction as a whole. Stored in `tx_class`: never renumber. 1-31 are
/// CoinJoins, one number per protocol that can be told apart; 32-255 are other findings.
enum class TxClass : std::uint8_t {
    ordinary = 0,               // nothing found; never stored
    equal_output_coinjoin = 1,  // equal outputs for as many payers, protocol not told apart
    tiered_coinjoin = 2,        // many payers, several denominations repeated
};

[[nodiscard]] std::string_view name(TxClass tx_class);
[[nodiscard]] bool is_coinjoin(TxClass tx_class);

struct ShapeLeg {
    AddrId address;
    Amount amount;
};

/// All inputs in order, and the outputs that can be spent in order (no OP_RETURN).
struct TxShape {
    std::vector<ShapeLeg> inputs;
    std::vector<ShapeLeg> outputs;
};

[[nodiscard]] TxClass classify(const TxShape& shape);

}  // namespace wagetrail
