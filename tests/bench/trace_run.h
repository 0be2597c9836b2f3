// What following value costs on a finished index: per transaction that a trace touches, as traces
// grow; and the exposure of many addresses.
#pragma once

#include "tests/bench/read_run.h"

#include <string>
#include <vector>

namespace wagetrail::bench {

/// {trace: [{policy, hops, transactions, us, us_per_transaction}], exposure: {..., transactions}}.
/// Traces start at one output drawn by seed, with as many hops as it takes to touch 1,000, 10,000
/// and 100,000 transactions; each is walked twice and the second time counts. Exposure is of
/// `exposures` different addresses that have spent, with one address in ten thousand known as a
/// service, both sides, fifo and haircut, as the command does it. With a busy address its own
/// exposure too.
[[nodiscard]] Expected<nlohmann::json> measure_traces(const ReadSetting& setting,
                                                      std::size_t exposures);

/// Different addresses that have spent, drawn by seed.
[[nodiscard]] Expected<std::vector<std::string>> spent_addresses(const ReadSetting& setting,
                                                                 std::size_t count);

}  // namespace wagetrail::bench
