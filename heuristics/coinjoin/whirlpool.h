// Whirlpool's mixes and the Tx0 that feeds them: HEURISTICS.md "whirlpool" and "whirlpool_tx0".
#pragma once

#include "heuristics/coinjoin.h"

namespace wagetrail {

[[nodiscard]] std::optional<ShapeFinding> find_whirlpool(const TxShape& shape,
                                                         const ShapeFigures& figures);
[[nodiscard]] std::optional<ShapeFinding> find_whirlpool_tx0(const TxShape& shape,
                                                             const ShapeFigures& figures);

}  // namespace wagetrail
