// The sanctioned parties of a simulation in the format of OFAC's sdn_advanced.xml. Its namespace
// and its reference numbers are its own, so that an importer has to go by names, as it must.
#pragma once

#include "tests/simulator/truth.h"

#include <iosfwd>

namespace wagetrail::simulator {

/// The list as published on that day: who was designated by then, with the addresses published by
/// then. Listed are also parties without any address, as on the real list.
void write_ofac(std::ostream& out, const Truth& truth, Time day);

/// The first day on which every address is published.
[[nodiscard]] Time full_publication(const Truth& truth);

}  // namespace wagetrail::simulator
