// What amounts are worth, in integers: an amount in base units times millionths of a dollar per
// coin. Used inside heuristics/report only.
#pragma once

#include "chain/ledger.h"

#include <cstdint>

namespace wagetrail::report {

/// A sum of such products.
__extension__ using UnitMicros = unsigned __int128;

/// Truncated once, after adding up.
[[nodiscard]] inline std::uint64_t dollar_cents(LedgerId ledger, UnitMicros sum) {
    constexpr std::uint64_t kMicrosPerCent = 10'000;
    std::uint64_t units_per_coin = 1;
    for (unsigned i = 0; i < params(ledger).decimals; ++i) units_per_coin *= 10;
    return static_cast<std::uint64_t>(sum / units_per_coin / kMicrosPerCent);
}

}  // namespace wagetrail::report
