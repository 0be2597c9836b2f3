// CoinJoins with one denomination: JoinMarket's, and the general shape: HEURISTICS.md "joinmarket"
// and "equal_output_coinjoin".
#pragma once

#include "heuristics/coinjoin.h"

namespace wagetrail {

[[nodiscard]] std::optional<ShapeFinding> find_joinmarket(const TxShape& shape,
                                                          const ShapeFigures& figures);
[[nodiscard]] std::optional<ShapeFinding> find_equal_output(const TxShape& shape,
                                                            const ShapeFigures& figures);

}  // namespace wagetrail
