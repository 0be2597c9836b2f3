// What an attribution vendor would say about a simulated chain: which addresses are the exchange's.
#pragma once

#include "tests/simulator/truth.h"

#include <iosfwd>

namespace wagetrail::simulator {

/// CSV: address,ledger,name,category.
void write_labels(std::ostream& out, const Truth& truth);
/// The same as a GraphSense TagPack.
void write_label_pack(std::ostream& out, const Truth& truth);

}  // namespace wagetrail::simulator
