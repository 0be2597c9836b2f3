#include "heuristics/report/calibration.h"

#include "heuristics/report/json.h"
#include "heuristics/report/table.h"

#include <algorithm>

namespace wagetrail::report {
namespace {

/// Six decimals, truncated. Nothing of nothing is no rate.
std::string rate(std::uint64_t part, std::uint64_t whole) {
    if (whole == 0) return "-";
    return decimal_text(scaled(Amount(1'000'000), Amount(part), Amount(whole)), 6);
}

std::string target_text(ErrorTarget target) {
    return rate(1, target.one_in);
}

Json hits_json(const Hits& taken, const Hits& all) {
    const auto rate_json = [](std::uint64_t part, std::uint64_t whole) {
        return whole == 0 ? Json() : Json(rate(part, whole));
    };
    return {{"true_positives", taken.change},
            {"false_positives", taken.other},
            {"true_positive_rate", rate_json(taken.change, all.change)},
            {"false_positive_rate", rate_json(taken.other, all.other)}};
}

/// A rule has one point of operation: it reaches a target or it does not; null: too few rows to
/// tell.
Json reaches_json(const Hits& taken, const Hits& all) {
    Json reaches = Json::object();
    for (const ErrorTarget target : kErrorTargets)
        reaches[target_text(target)] =
            resolves(all, target) ? Json(meets(taken, all, target)) : Json();
    return reaches;
}

Json score_json(const Score& score, RuleSet voters) {
    Json rules = Json::object();
    for (const ChangeRule rule : kChangeRules) {
        const Hits taken = score.of_rule(rule);
        Json one = hits_json(taken, score.outputs());
        one["reaches"] = reaches_json(taken, score.outputs());
        rules[std::string(name(rule))] = std::move(one);
    }
    Json vote = Json::array();
    const auto by_margin = score.by_margin(voters);
    for (std::size_t margin = 1; margin <= kMarginMax; ++margin) {
        const Hits& taken = by_margin.at(margin);
        if (taken == Hits{}) break;
        Json point = hits_json(taken, score.outputs());
        point["margin"] = margin;
        point["reaches"] = reaches_json(taken, score.outputs());
        vote.push_back(std::move(point));
    }
    return {{"rows", score.rows()},
            {"change_outputs", score.outputs().change},
            {"other_outputs", score.outputs().other},
            {"rules", std::move(rules)},
            {"vote", std::move(vote)}};
}

Json split_json(const EpochScore& score, RuleSet voters) {
    return {{"train", score_json(score.train, voters)}, {"test", score_json(score.test, voters)}};
}

Json names_json(RuleSet rules) {
    Json names = Json::array();
    for (const ChangeRule rule : kChangeRules)
        if (rules.test(static_cast<std::size_t>(rule))) names.push_back(name(rule));
    return names;
}

/// Per target: the margin that the train clusters choose, and what it does on the others.
Json thresholds_json(const Calibration& calibration) {
    Json all = Json::object();
    const auto train = calibration.total.train.by_margin(calibration.voters());
    const auto test = calibration.total.test.by_margin(calibration.voters());
    for (const ErrorTarget target : kErrorTargets) {
        const auto margin = calibration.threshold(target);
        Json chosen = {{"margin", margin ? Json(*margin) : Json()},
                       {"test_resolves", resolves(calibration.total.test.outputs(), target)}};
        chosen["train"] =
            margin ? hits_json(train.at(*margin), calibration.total.train.outputs()) : Json();
        chosen["test"] =
            margin ? hits_json(test.at(*margin), calibration.total.test.outputs()) : Json();
        all[target_text(target)] = std::move(chosen);
    }
    return all;
}

Json exclusions_json(const Exclusions& excluded) {
    return {{"unspent", excluded.unspent},
            {"several_own", excluded.several_own},
            {"odd_cluster", excluded.odd_cluster},
            {"known_before", excluded.known_before},
            {"over_cluster_rows", excluded.over_cluster_rows},
            {"not_on_chain", excluded.not_on_chain},
            {"rules_abstain", excluded.rules_abstain}};
}

Json tables_json(const CalibrationTables& tables) {
    const auto pin = [](const std::string& sha256) {
        return sha256.empty() ? Json() : Json(sha256);
    };
    return {{"known_changes", pin(tables.known_sha256)}, {"prices", pin(tables.prices_sha256)}};
}

/// Whether at most one more level lies below the value.
bool is_shallow(const Json& value) {
    return std::all_of(value.begin(), value.end(), [](const Json& part) {
        return std::none_of(part.begin(), part.end(), [&](const Json& inner) {
            return part.is_structured() && inner.is_structured();
        });
    });
}

/// One line per rule, so that a card can be read and compared.
// NOLINTNEXTLINE(misc-no-recursion): a card is ours and nests a handful of levels
void spread(std::string& out, const Json& value, std::size_t depth) {
    if (!value.is_structured() || is_shallow(value)) {
        out += canonical(value);
        return;
    }
    const std::string indent(depth + 1, ' ');
    bool first = true;
    out += value.is_object() ? "{" : "[";
    for (const auto& [key, item] : value.items()) {
        out += (first ? "\n" : ",\n") + indent;
        first = false;
        if (value.is_object()) out += canonical(Json(key)) + ": ";
        spread(out, item, depth + 1);
    }
    out += "\n" + std::string(depth, ' ') + (value.is_object() ? "}" : "]");
}

std::string reaches_text(const Hits& taken, const Hits& all, ErrorTarget target) {
    if (!resolves(all, target)) return "few rows";
    return meets(taken, all, target) ? rate(taken.change, all.change) : "no";
}

void add_row(Table& table, const std::string& what, const Hits& taken, const Hits& all) {
    std::vector<std::string> cells{what, rate(taken.change, all.change),
                                   rate(taken.other, all.other)};
    for (const ErrorTarget target : kErrorTargets)
        cells.push_back(reaches_text(taken, all, target));
    table.row(std::move(cells));
}

std::string score_text(const std::string& title, const Score& score, RuleSet voters) {
    std::vector<std::string> header{"rule", "true", "false"};
    for (const ErrorTarget target : kErrorTargets)
        header.push_back("true at false " + target_text(target));
    Table table(std::move(header),
                {Align::left, Align::right, Align::right, Align::right, Align::right});
    for (const ChangeRule rule : kChangeRules)
        add_row(table, std::string(name(rule)), score.of_rule(rule), score.outputs());
    const auto by_margin = score.by_margin(voters);
    for (std::size_t m = 1; m <= kMarginMax && by_margin.at(m) != Hits{}; ++m)
        add_row(table, "vote by " + std::to_string(m), by_margin.at(m), score.outputs());
    return "\n" + title + ": " + std::to_string(score.rows()) + " payments, " +
           std::to_string(score.outputs().other) + " outputs that are no change\n" + table.text();
}

std::string about(const Calibration& calibration) {
    const RuleSet voters = calibration.voters();
    std::string text = calibration.truth == ChangeTruth::known
                           ? "payments whose change was given  "
                           : "payments with an output in the payer's cluster  ";
    text += std::to_string(calibration.candidates) + " of " +
            std::to_string(calibration.transactions) + " transactions, " +
            std::to_string(calibration.clusters) + " clusters\n";
    text += score_text("test clusters", calibration.total.test, voters);
    text += score_text("train clusters", calibration.total.train, voters);
    for (const auto& [height, score] : calibration.epochs) {
        Score all = score.train;
        all.add(score.test);
        text += score_text("all clusters, from height " + wagetrail::text(height), all, voters);
    }
    text += "\nvoters, by the train clusters ";
    for (const auto& rule : names_json(voters)) text += " " + rule.get<std::string>();
    text += "\n";
    for (const ErrorTarget target : kErrorTargets) {
        const auto margin = calibration.threshold(target);
        text +=
            "threshold for a false rate of " + target_text(target) + "  " +
            (margin ? std::to_string(*margin) + " votes\n"
             : resolves(calibration.total.train.outputs(), target) ? "none reaches it\n"
                                                                   : "too few payments to tell\n");
    }
    return text;
}

}  // namespace

CalibrationAnswer calibration_answer(const Manifest& manifest,
                                     const CalibrationOptions& options,
                                     const CalibrationTables& tables,
                                     const Calibration& calibration) {
    const RuleSet voters = calibration.voters();
    Json epochs = Json::array();
    for (const auto& [height, score] : calibration.epochs) {
        Json epoch = split_json(score, voters);
        epoch["from_height"] = height.value;  // raw: printed
        epochs.push_back(std::move(epoch));
    }
    Json result = {{"rules", kChangeVersion},
                   {"truth", calibration.truth == ChangeTruth::known ? "known" : "self_revealing"},
                   {"tables", tables_json(tables)},
                   {"parameters",
                    {{"round_zeros", options.rules.round_zeros},
                     {"outputs_max", options.rules.outputs_max},
                     {"epoch_blocks", options.epoch_blocks},
                     {"cluster_rows_max", options.cluster_rows_max},
                     {"from_height", options.from.value}}},  // raw: printed
                   {"transactions", calibration.transactions},
                   {"candidates", calibration.candidates},
                   {"excluded", exclusions_json(calibration.excluded)},
                   {"clusters", calibration.clusters},
                   {"one_cluster_in", calibration.one_cluster_in},
                   {"total", split_json(calibration.total, voters)},
                   {"epochs", std::move(epochs)},
                   {"voters", names_json(voters)},
                   {"thresholds", thresholds_json(calibration)}};
    std::string line = sealed(manifest, std::move(result));
    std::string card;
    spread(card, Json::parse(line), 0);
    card += "\n";
    return {.answer = {.json = std::move(line), .text = about(calibration)},
            .card = std::move(card)};
}

std::string progress_json(const CalibrationProgress& progress) {
    return canonical(
        {{"pass", progress.pass}, {"done", progress.done}, {"transactions", progress.all}});
}

}  // namespace wagetrail::report
