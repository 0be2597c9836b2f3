// The two protocols of Wasabi: HEURISTICS.md "wasabi1" and "wasabi2", and the tiered shape that is
// left when WabiSabi's other marks are missing: "tiered_coinjoin".
#pragma once

#include "heuristics/coinjoin.h"

namespace wagetrail {

[[nodiscard]] std::optional<ShapeFinding> find_wasabi1(const TxShape& shape,
                                                       const ShapeFigures& figures);
[[nodiscard]] std::optional<ShapeFinding> find_wasabi2(const TxShape& shape,
                                                       const ShapeFigures& figures);
[[nodiscard]] std::optional<ShapeFinding> find_tiered(const TxShape& shape,
                                                      const ShapeFigures& figures);

}  // namespace wagetrail
