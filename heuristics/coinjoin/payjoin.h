// Could payer and payee both have put coins in? HEURISTICS.md "possible_payjoin". Nothing acts on
// it alone: most transactions of this shape are ordinary payments.
#pragma once

#include "heuristics/coinjoin.h"

namespace wagetrail {

[[nodiscard]] std::optional<ShapeFinding> find_payjoin(const TxShape& shape,
                                                       const ShapeFigures& figures);

}  // namespace wagetrail
