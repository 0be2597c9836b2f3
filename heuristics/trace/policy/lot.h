// A part of an amount, with where it came from: what an accounting policy moves. Splits divide
// basis and quantity alike, so both sum exactly over the parts of a lot.
#pragma once

#include "chain/base/amount.h"
#include "chain/base/id.h"

#include <cstdint>
#include <optional>

namespace wagetrail {

/// Which payout of a trace: counts from 0 in the order in which the trace was given its payouts.
using SourceId = Id<struct SourceTag, std::uint32_t>;

struct Lot {
    std::optional<SourceId> source;  // none: the untainted rest
    Amount basis;                    // in the asset of the source; 0 of the untainted rest
    Amount quantity;                 // in the asset at hand: equal to basis until assets change

    friend bool operator==(const Lot&, const Lot&) = default;
};

}  // namespace wagetrail
