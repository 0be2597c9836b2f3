// The employers' books as the CSV that payout screening accepts.
#pragma once

#include "tests/simulator/truth.h"

#include <iosfwd>
#include <optional>

namespace wagetrail::simulator {

/// One row per salary payment in order of payment; of one employer, or of all.
void write_payroll(std::ostream& out, const Truth& truth, std::optional<OwnerId> employer);

}  // namespace wagetrail::simulator
