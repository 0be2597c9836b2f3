#include "tests/simulator/shape/shape_summary.h"

#include <ostream>

namespace wagetrail::simulator {
namespace {

constexpr std::array<std::string_view, kFormCount> kFormNames = {
    "p2pkh", "p2sh_p2wpkh", "p2sh_multisig", "p2wpkh", "p2wsh_multisig", "p2tr"};

std::string ratio(std::uint64_t part, std::uint64_t whole) {
    const std::uint64_t thousandths = whole == 0 ? 0 : (part * 1000 + whole / 2) / whole;
    return "\"" + decimal_text(Amount(thousandths), 3) + "\"";
}

}  // namespace

void write_summary(std::ostream& out, const ShapeSummary& summary) {
    out << "{\"format\": 1,\n\"ledger\": \"" << params(summary.ledger).name
        << "\", \"seed\": " << summary.seed
        << ", \"shape\": \"mainnet\",\n\"tip\": {\"height\": " << text(summary.tip)
        << ", \"hash\": \"" << text(summary.tip_hash) << "\"},\n\"bytes\": " << summary.bytes
        << ", \"transactions\": " << summary.transactions << ", \"inputs\": " << summary.inputs
        << ", \"outputs\": " << summary.outputs << ", \"scripts\": " << summary.scripts
        << ", \"unspent\": " << summary.unspent << ",\n\"payments\": " << summary.payments
        << ", \"payment_inputs\": " << summary.payment_inputs
        << ", \"payment_outputs\": " << summary.payment_outputs
        << ", \"payment_outputs_new\": " << summary.payment_outputs_new
        << ",\n\"ratios\": {\"inputs_per_payment\": "
        << ratio(summary.payment_inputs, summary.payments)
        << ", \"outputs_per_payment\": " << ratio(summary.payment_outputs, summary.payments)
        << ", \"new_script_share\": " << ratio(summary.payment_outputs_new, summary.payment_outputs)
        << "},\n\"payment_outputs_by_form\": {";
    for (std::size_t form = 0; form < kFormCount; ++form)
        out << "\"" << kFormNames[form] << "\": " << summary.outputs_of_form[form] << ", ";
    out << "\"op_return\": " << summary.op_returns << "},\n\"inputs_by_age_blocks\": {";
    for (std::size_t n = 0; n < ShapeSummary::kAgeLimits.size(); ++n)
        out << "\"" << ShapeSummary::kAgeLimits[n] << "\": " << summary.spent_at_age[n] << ", ";
    out << "\"older\": " << summary.spent_at_age.back() << "},\n\"busy\": ";
    if (summary.busy)
        out << "{\"address\": \"" << text(summary.busy->address)
            << "\", \"transactions\": " << summary.busy->transactions
            << ", \"received\": " << summary.busy->received.units()
            << ", \"sent\": " << summary.busy->sent.units() << "}";
    else
        out << "null";
    out << "}\n";
}

}  // namespace wagetrail::simulator
