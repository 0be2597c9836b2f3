#include "heuristics/coinjoin.h"

#include "heuristics/coinjoin/equal_output.h"
#include "heuristics/coinjoin/payjoin.h"
#include "heuristics/coinjoin/wasabi.h"
#include "heuristics/coinjoin/whirlpool.h"

namespace wagetrail {

namespace {

using Rule = std::optional<ShapeFinding> (*)(const TxShape&, const ShapeFigures&);

/// The most specific protocol first.
ShapeFinding find_protocol(const TxShape& shape,
                           const ShapeFigures& figures,
                           const CoinjoinGates& gates,
                           Height height) {
    struct Protocol {
        Rule rule;
        const std::optional<Height>& gate;
    };
    for (const Protocol& protocol :
         {Protocol{find_whirlpool, gates.whirlpool}, Protocol{find_wasabi2, gates.wasabi2},
          Protocol{find_joinmarket, gates.joinmarket}, Protocol{find_wasabi1, gates.wasabi1}}) {
        if (!is_open(protocol.gate, height)) continue;
        if (auto found = protocol.rule(shape, figures)) {
            found->gate = protocol.gate;
            return *found;
        }
    }
    return {};
}

}  // namespace

std::string_view name(TxClass tx_class) {
    switch (tx_class) {
        case TxClass::ordinary:
            return "ordinary";
        case TxClass::equal_output_coinjoin:
            return "equal_output_coinjoin";
        case TxClass::tiered_coinjoin:
            return "tiered_coinjoin";
        case TxClass::wasabi1:
            return "wasabi1";
        case TxClass::wasabi2:
            return "wasabi2";
        case TxClass::whirlpool:
            return "whirlpool";
        case TxClass::joinmarket:
            return "joinmarket";
        case TxClass::whirlpool_tx0:
            return "whirlpool_tx0";
        case TxClass::possible_payjoin:
            return "possible_payjoin";
    }
    return "unknown";  // a number written by a later version
}

bool is_coinjoin(TxClass tx_class) {
    const auto number = static_cast<std::uint8_t>(tx_class);
    return number >= 1 && number <= 31;
}

ShapeFinding classify(const TxShape& shape, const CoinjoinGates& gates, Height height) {
    constexpr std::size_t kRoundMin = 3;  // inputs and outputs
    const bool may_be_round = shape.inputs.size() >= kRoundMin && shape.outputs.size() >= kRoundMin;
    const bool may_be_tx0 = shape.data_outputs == 1 && shape.outputs.size() >= 2;
    const bool may_be_payjoin = shape.inputs.size() >= 2 && shape.outputs.size() == 2;
    if (!may_be_round && !may_be_tx0 && !may_be_payjoin) return {};
    const ShapeFigures figures = figures_of(shape);
    if (may_be_round) {
        const ShapeFinding round = find_protocol(shape, figures, gates, height);
        if (round.tx_class != TxClass::ordinary) return round;
    }
    // Before the general shapes: a wallet with several coins may look like a round here.
    if (may_be_tx0 && is_open(gates.whirlpool, height)) {
        if (auto found = find_whirlpool_tx0(shape, figures)) {
            found->gate = gates.whirlpool;
            return *found;
        }
    }
    if (may_be_round)
        for (const Rule rule : {find_tiered, find_equal_output})
            if (const auto found = rule(shape, figures)) return *found;
    if (may_be_payjoin)
        if (const auto found = find_payjoin(shape, figures)) return *found;
    return {};
}

}  // namespace wagetrail
