// How many transactions lie between a payout and an output, by the steps alone: there may be ways
// of several lengths, and a walk counts one of them.
#pragma once

#include "cli/verify/bundle.h"

#include <cstdint>
#include <map>
#include <utility>

namespace wagetrail::verifier {

struct HopRange {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
};

/// Borrows the bundle.
class Hops {
  public:
    explicit Hops(const Bundle& bundle);

    /// In the order of the bundle: what comes in is known before it goes on.
    void take(const Step& step);
    /// 0 to 0: the steps bring no value of the payout there.
    [[nodiscard]] HopRange at(const OutPoint& out, SourceId source) const;

  private:
    const Bundle& bundle_;
    std::map<std::pair<OutPoint, SourceId>, HopRange> known_;
};

}  // namespace wagetrail::verifier
