// What a CoinJoin rule looks at: the addresses, kinds and amounts of one transaction, and the
// figures that several rules ask for. No labels, no other transaction. Values only.
#pragma once

#include "chain/address.h"
#include "chain/base/amount.h"
#include "chain/base/ids.h"

#include <optional>
#include <vector>

namespace wagetrail {

struct ShapeLeg {
    AddrId address;
    Amount amount;
    AddressKind kind = AddressKind::nonstandard;
};

struct TxShape {
    std::vector<ShapeLeg> inputs;   // in order
    std::vector<ShapeLeg> outputs;  // in order; only those that can be spent
    std::size_t data_outputs = 0;   // OP_RETURN
};

/// How many spendable outputs have one amount.
struct ValueCount {
    Amount amount;
    std::size_t count = 0;
};

struct ShapeFigures {
    std::vector<Amount> payers;      // what each input address brings, ascending
    std::vector<ValueCount> values;  // of the outputs, ascending by value
    ValueCount mode;                 // the most frequent value; of several the largest
    std::size_t repeated_values = 0;
    std::size_t paid_twice = 0;  // outputs to an address of an earlier output
    std::size_t paid_back = 0;   // outputs to an address of the inputs
    std::size_t inputs_per_payer_max = 0;
    Amount fee;                             // OP_RETURN outputs carry nothing and are left out
    std::optional<AddressKind> input_kind;  // nullopt: several
};

[[nodiscard]] ShapeFigures figures_of(const TxShape& shape);

/// Outputs whose script is of another kind.
[[nodiscard]] std::size_t outputs_not_of(const TxShape& shape, AddressKind kind);

}  // namespace wagetrail
