// Measures the change rules on payments whose change is known. Either it gave itself away: one
// output came to be in the payer's co-spend cluster by later evidence, the others did not (Möser &
// Narayanan 2022, section 3; HEURISTICS.md "change" has the steps); this reads the view twice from
// end to end. Memory is bounded by the clusters looked at; when there are more, a fixed sample of
// them is. Or the user says which outputs are change, of wallets whose books he has.
#pragma once

#include "index/prices/price_series.h"

#include "heuristics/change/score.h"
#include "heuristics/clusters.h"

#include <cstdint>
#include <functional>
#include <map>
#include <stop_token>
#include <vector>

namespace wagetrail {

struct CalibrationOptions {
    ChangeParameters rules;
    const prices::PriceSeries* prices = nullptr;  // for round_fiat, which else abstains
    std::uint32_t epoch_blocks = 52'560;          // a year of Bitcoin
    std::uint64_t cluster_rows_max = 1'000;       // so that no cluster decides alone
    std::size_t clusters_max = 1'000'000;         // kept in memory, about 100 bytes each
    Height from{0};                               // payments in blocks from here on
};

/// Why payments did not become rows.
struct Exclusions {
    std::uint64_t unspent = 0;       // an output is: what becomes of it is not known
    std::uint64_t several_own = 0;   // several outputs are in the cluster: self-payment
    std::uint64_t odd_cluster = 0;   // more than a tenth of its cluster's payments do that
    std::uint64_t known_before = 0;  // the change address was in the cluster before: no riddle
    std::uint64_t over_cluster_rows = 0;
    std::uint64_t not_on_chain = 0;   // known ones: no such output as of the view
    std::uint64_t rules_abstain = 0;  // known ones: no rule may act on the payment
    friend bool operator==(const Exclusions&, const Exclusions&) = default;
};

/// Clusters are divided once, so nothing that chose a threshold is measured with it.
struct EpochScore {
    Score train;  // four fifths of the clusters
    Score test;
    friend bool operator==(const EpochScore&, const EpochScore&) = default;
};

enum class ChangeTruth : std::uint8_t { self_revealing, known };

struct Calibration {
    ChangeTruth truth = ChangeTruth::self_revealing;
    std::uint64_t transactions = 0;  // looked at
    std::uint64_t candidates = 0;    // of the right shape with an output in the payer's cluster, or
                                     // the known ones
    Exclusions excluded;
    std::uint64_t clusters = 0;           // with at least one candidate
    std::uint64_t one_cluster_in = 1;     // sampled; 1: all
    std::map<Height, EpochScore> epochs;  // by their first height
    EpochScore total;

    /// What the train clusters teach: who votes, and by how many votes to win.
    [[nodiscard]] RuleSet voters() const { return telling_rules(total.train); }
    [[nodiscard]] std::optional<unsigned> threshold(ErrorTarget target) const {
        return least_margin(total.train, voters(), target);
    }
    friend bool operator==(const Calibration&, const Calibration&) = default;
};

struct CalibrationProgress {
    unsigned pass = 1;
    unsigned passes = 2;
    std::uint64_t done = 0;  // transactions of the pass
    std::uint64_t all = 0;
};

/// cancelled when stop is requested.
[[nodiscard]] Expected<Calibration> calibrate(
    const index::LedgerView& view,
    const CalibrationOptions& options,
    const std::stop_token& stop,
    const std::function<void(const CalibrationProgress&)>& progress);

/// Outputs as a table says them: columns txid and vout. invalid, with the line, for a malformed
/// one.
[[nodiscard]] Expected<std::vector<OutPoint>> known_changes(std::string_view csv);

/// Measures on payments whose change output is in the list; the rest of the payment's outputs are
/// taken as none. cancelled as above.
[[nodiscard]] Expected<Calibration> calibrate_known(
    const index::LedgerView& view,
    const std::vector<OutPoint>& changes,
    const CalibrationOptions& options,
    const std::stop_token& stop,
    const std::function<void(const CalibrationProgress&)>& progress);

}  // namespace wagetrail
