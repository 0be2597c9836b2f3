// What a chain of a shape holds, counted while it was written and without the index that will be
// compared with it.
#pragma once

#include "tests/simulator/shape/payee.h"

#include <iosfwd>
#include <optional>

namespace wagetrail::simulator {

struct BusyCount {
    Address address;
    std::uint64_t transactions = 0;  // that pay it or spend from it
    Amount received;
    Amount sent;
};

struct ShapeSummary {
    LedgerId ledger = LedgerId::ltc_regtest;
    std::uint64_t seed = 0;
    Height tip;
    BlockHash tip_hash;
    // With genesis and coinbases:
    std::uint64_t bytes = 0;  // of the block files
    std::uint64_t transactions = 0;
    std::uint64_t inputs = 0;  // that spend something
    std::uint64_t outputs = 0;
    std::uint64_t scripts = 0;  // distinct ones
    std::uint64_t unspent = 0;  // without what can never be spent
    // Of payments only: without coinbases and the transaction that spreads the first coins.
    std::uint64_t payments = 0;
    std::uint64_t payment_inputs = 0;
    std::uint64_t payment_outputs = 0;
    std::uint64_t payment_outputs_new = 0;  // to scripts never seen before
    std::array<std::uint64_t, kFormCount> outputs_of_form{};
    std::uint64_t op_returns = 0;
    static constexpr std::array<std::uint32_t, 4> kAgeLimits = {0, 6, 144, 1008};  // in blocks
    std::array<std::uint64_t, kAgeLimits.size() + 1> spent_at_age{};  // up to each limit; older
    std::optional<BusyCount> busy;
};

/// summary.json: one object; amounts in base units, hashes as explorers print them; names as above.
///   ratios   {inputs_per_payment, outputs_per_payment, new_script_share}: text, three decimals
void write_summary(std::ostream& out, const ShapeSummary& summary);

}  // namespace wagetrail::simulator
