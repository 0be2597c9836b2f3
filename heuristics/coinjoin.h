// Is a transaction a CoinJoin, by its shape alone, and by which rule? HEURISTICS.md "coinjoin" and
// the entries of its protocols have the rules, their sources, where they abstain and what was
// measured. Pure: no database, no order of calls.
#pragma once

#include "heuristics/coinjoin/gates.h"
#include "heuristics/coinjoin/shape.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace wagetrail {

/// What a rule says about a transaction as a whole. Stored in `tx_class`: never renumber. 1-31 are
/// CoinJoins, one number per protocol that can be told apart; 32-255 are other findings, which stop
/// nothing.
enum class TxClass : std::uint8_t {
    ordinary = 0,               // nothing found; never stored
    equal_output_coinjoin = 1,  // equal outputs for as many payers, protocol not told apart
    tiered_coinjoin = 2,        // many payers, several denominations repeated, likewise
    wasabi1 = 3,                // ZeroLink of Wasabi 1
    wasabi2 = 4,                // WabiSabi
    whirlpool = 5,              // a mix of Samourai's or Ashigaru's Whirlpool
    joinmarket = 6,
    whirlpool_tx0 = 32,     // one wallet splits coins for Whirlpool and pays its fee
    possible_payjoin = 33,  // its shape does not exclude that payer and payee both put coins in
};

[[nodiscard]] std::string_view name(TxClass tx_class);
[[nodiscard]] bool is_coinjoin(TxClass tx_class);

/// A class and the figures that made the rule fire.
struct ShapeFinding {
    TxClass tx_class = TxClass::ordinary;
    std::size_t payers = 0;            // input addresses
    ValueCount equal;                  // the equal outputs that count; none: count 0
    std::size_t changes = 0;           // outputs of no repeated or standard value
    std::size_t entrants = 0;          // whirlpool: inputs that bring more than the pool's value
    std::size_t standard_outputs = 0;  // of WabiSabi's values
    std::size_t tiers = 0;             // values that occur more than once
    Amount service_fee;                // whirlpool_tx0: what the coordinator took
    std::optional<Height> gate;        // from where on the protocol exists on the ledger
};

/// The finding of a transaction that one author may have made (no coinbase, no HogEx).
[[nodiscard]] ShapeFinding classify(const TxShape& shape,
                                    const CoinjoinGates& gates,
                                    Height height);

}  // namespace wagetrail
