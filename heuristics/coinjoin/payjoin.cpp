#include "heuristics/coinjoin/payjoin.h"

#include <algorithm>

namespace wagetrail {

// BIP78: the receiver adds an input of the kind of the sender's and enlarges an output, so two
// outputs stay two and everything is of one kind. The subset-sum reading (payment = output minus
// the receiver's input) needs an output larger than some input; the rest follows, since what comes
// in goes out.
std::optional<ShapeFinding> find_payjoin(const TxShape& shape, const ShapeFigures& figures) {
    if (shape.outputs.size() != 2 || shape.data_outputs > 0) return std::nullopt;
    if (figures.payers.size() < 2 || figures.paid_twice > 0 || figures.paid_back > 0)
        return std::nullopt;
    if (!figures.input_kind || outputs_not_of(shape, *figures.input_kind) > 0) return std::nullopt;
    const Amount largest = figures.values.back().amount;
    const bool has_reading = std::any_of(shape.inputs.begin(), shape.inputs.end(),
                                         [&](const ShapeLeg& in) { return in.amount < largest; });
    if (!has_reading) return std::nullopt;
    return ShapeFinding{
        .tx_class = TxClass::possible_payjoin, .payers = figures.payers.size(), .changes = 1};
}

}  // namespace wagetrail
