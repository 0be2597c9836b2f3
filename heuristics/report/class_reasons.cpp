#include "heuristics/report/class_reasons.h"

#include "heuristics/coinjoin.h"
#include "heuristics/coinjoin/lineage.h"

namespace wagetrail::report {
namespace {

std::string count(std::size_t number, const std::string& one, const std::string& many) {
    return std::to_string(number) + " " + (number == 1 ? one : many);
}

/// "5 of 9 outputs pay 0.08000000 BTC each".
std::string equal_words(const index::LedgerView& view,
                        const TxShape& shape,
                        const ShapeFinding& finding) {
    return std::to_string(finding.equal.count) + " of " +
           count(shape.outputs.size(), "output pays ", "outputs pay ") +
           display(view.ledger(), finding.equal.amount) + " each";
}

std::string standard_words(const TxShape& shape, const ShapeFinding& finding) {
    return std::to_string(finding.standard_outputs) + " of " +
           count(shape.outputs.size(), "output is a standard value",
                 "outputs are standard values") +
           " of WabiSabi; " +
           count(finding.tiers, "value occurs more than once", "values occur more than once");
}

std::vector<std::string> shape_words(const index::LedgerView& view,
                                     const TxShape& shape,
                                     const ShapeFinding& finding) {
    const std::string equal = equal_words(view, shape, finding);
    const std::string payers = count(finding.payers, "input address", "input addresses") +
                               " behind " + count(shape.inputs.size(), "input", "inputs");
    const std::string changes = count(finding.changes, "other output", "other outputs");
    switch (finding.tx_class) {
        case TxClass::ordinary:
            return {};
        case TxClass::equal_output_coinjoin:
            return {equal, payers, changes + ", so the payers get change of their own"};
        case TxClass::tiered_coinjoin:
            return {standard_words(shape, finding), payers};
        case TxClass::wasabi1:
            return {equal + ", about 0.1 coins", payers + ", all P2WPKH"};
        case TxClass::wasabi2:
            return {standard_words(shape, finding), payers + ", P2WPKH and P2TR only",
                    "inputs and outputs stand in descending order"};
        case TxClass::whirlpool:
            return {equal + ", the value of a pool", payers + ", all P2WPKH",
                    count(finding.entrants, "input brings", "inputs bring") +
                        " a little more and pays the miners; the others are remixed"};
        case TxClass::joinmarket:
            return {equal, payers + ", all of one kind",
                    changes + ", so the makers get change each"};
        case TxClass::whirlpool_tx0:
            return {count(finding.equal.count, "output holds ", "outputs hold ") +
                        display(view.ledger(), finding.equal.amount) +
                        ", a pool's value and what a mix costs",
                    display(view.ledger(), finding.service_fee) +
                        " is as much as the coordinator takes; one OP_RETURN",
                    "made by one wallet: no CoinJoin, its inputs are joined"};
        case TxClass::possible_payjoin:
            return {
                payers + " and two outputs, all of one kind",
                "that payer and payee both put coins in is not excluded, and no more than that; "
                "its inputs are joined"};
    }
    return {};
}

std::string lineage_words(TxClass tx_class, const Lineage& lineage) {
    const std::string sources = tx_class == TxClass::whirlpool ? "mixes or Tx0s of Whirlpool"
                                                               : "transactions of this class";
    const std::string sinks =
        tx_class == TxClass::whirlpool_tx0 ? "mixes of Whirlpool" : "transactions of this class";
    std::string words;
    if (tx_class != TxClass::whirlpool_tx0)
        words = std::to_string(lineage.inputs_from) + " of " +
                count(lineage.inputs, "input comes", "inputs come") + " from " + sources + "; ";
    return words + std::to_string(lineage.outputs_to) + " of " +
           count(lineage.outputs_spent, "spent output goes", "spent outputs go") + " to " + sinks;
}

Json figures_json(const index::LedgerView& view,
                  const TxShape& shape,
                  const ShapeFinding& finding) {
    Json figures = {{"inputs", shape.inputs.size()},   {"input_addresses", finding.payers},
                    {"outputs", shape.outputs.size()}, {"equal_outputs", finding.equal.count},
                    {"denomination", nullptr},         {"other_outputs", finding.changes},
                    {"gate_height", nullptr}};
    if (finding.equal.count > 0)
        figures["denomination"] = amount_json(view.ledger(), finding.equal.amount);
    if (finding.gate) figures["gate_height"] = finding.gate->value;  // raw: printed
    if (finding.tx_class == TxClass::whirlpool) figures["entrants"] = finding.entrants;
    if (finding.standard_outputs > 0) {
        figures["standard_outputs"] = finding.standard_outputs;
        figures["repeated_values"] = finding.tiers;
    }
    if (finding.tx_class == TxClass::whirlpool_tx0)
        figures["service_fee"] = amount_json(view.ledger(), finding.service_fee);
    return figures;
}

}  // namespace

Expected<ClassReasons> class_reasons(const index::LedgerView& view,
                                     Clusters& clusters,
                                     const index::TxRecord& tx) {
    ClassReasons reasons{
        .tx_class = TRY(clusters.class_of(tx.id)), .figures = nullptr, .words = {}};
    if (reasons.tx_class == TxClass::ordinary) return reasons;
    const TxShape shape = TRY(shape_of(view, tx));
    const ShapeFinding finding = classify(shape, coinjoin_gates(view.ledger()), tx.height);
    if (finding.tx_class != reasons.tx_class)
        return fail(ErrorCode::corrupt,
                    "transaction " + wagetrail::text(tx.txid) + " is stored as " +
                        std::string(name(reasons.tx_class)) + ", but its shape is " +
                        std::string(name(finding.tx_class)) + "; run wagetrail doctor --deep");
    reasons.words = shape_words(view, shape, finding);
    reasons.figures = figures_json(view, shape, finding);
    if (finding.gate)
        reasons.words.push_back(
            "looked for from height " + std::to_string(finding.gate->value) +  // raw: printed
            " on; this is height " + std::to_string(tx.height.value));         // raw: printed
    if (finding.tx_class == TxClass::possible_payjoin) return reasons;  // no protocol, no lineage
    const Lineage lineage = TRY(lineage_of(view, clusters, tx, finding.tx_class));
    reasons.words.push_back(lineage_words(finding.tx_class, lineage));
    reasons.figures["lineage"] = {{"inputs_from_rounds", lineage.inputs_from},
                                  {"inputs", lineage.inputs},
                                  {"outputs_to_rounds", lineage.outputs_to},
                                  {"outputs_spent", lineage.outputs_spent}};
    return reasons;
}

}  // namespace wagetrail::report
