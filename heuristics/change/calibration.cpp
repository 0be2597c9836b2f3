#include "heuristics/change/calibration.h"

#include "chain/base/number.h"

#include "index/lists/columns.h"

#include "heuristics/change/payment_reader.h"

#include <algorithm>
#include <unordered_map>

namespace wagetrail {
namespace {

using ProgressSink = std::function<void(const CalibrationProgress&)>;

constexpr std::uint64_t kTestOneIn = 5;
constexpr std::uint64_t kOddOneIn = 10;  // Möser & Narayanan: over a tenth of self-payments
constexpr std::uint64_t kReportEvery = 1'024;

/// Spreads ids (splitmix64), so that a sample has nothing to do with age.
std::uint64_t spread(AddrId root) {
    std::uint64_t mixed = root.value + 0x9E3779B97F4A7C15ULL;  // raw: hashed
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31U);
}

std::unexpected<Error> stopped() {
    return fail(ErrorCode::cancelled, "stopped; no error card was written");
}

struct ClusterTally {
    std::uint64_t candidates = 0;
    std::uint64_t several_own = 0;
    std::uint64_t rows = 0;
};

/// The clusters in memory: all of them, or those whose hash ends in enough zero bits.
class ClusterSample {
  public:
    explicit ClusterSample(std::size_t most) : most_(std::max<std::size_t>(most, 1)) {}

    [[nodiscard]] bool takes(AddrId root) const {
        return (spread(root) >> kSplitBits) % one_in_ == 0;
    }
    ClusterTally& operator[](AddrId root) { return tallies_[root]; }
    void trim() {
        while (tallies_.size() > most_) {
            one_in_ *= 2;
            std::erase_if(tallies_, [&](const auto& entry) { return !takes(entry.first); });
        }
    }
    [[nodiscard]] std::uint64_t one_in() const { return one_in_; }
    [[nodiscard]] std::uint64_t size() const { return tallies_.size(); }

    /// By the low bits, which the sample does not look at.
    [[nodiscard]] static bool is_test(AddrId root) {
        return (spread(root) & ((1U << kSplitBits) - 1)) % kTestOneIn == 0;
    }

  private:
    static constexpr unsigned kSplitBits = 20;
    std::size_t most_;
    std::uint64_t one_in_ = 1;
    std::unordered_map<AddrId, ClusterTally> tallies_;
};

/// A payment of the right shape from one cluster, and which outputs are in it.
struct Candidate {
    index::TxRecord tx;
    Payment payment;
    AddrId root;
    std::vector<std::size_t> own;  // not empty
};

class Calibrator {
  public:
    Calibrator(const index::LedgerView& view, const CalibrationOptions& options)
        : view_(view),
          options_(options),
          clusters_(view),
          reader_(view, clusters_, options.prices),
          sample_(options.clusters_max) {}

    Expected<Calibration> self_revealing(const std::stop_token& stop, const ProgressSink& progress);
    Expected<Calibration> known(const std::vector<OutPoint>& changes,
                                const std::stop_token& stop,
                                const ProgressSink& progress);

  private:
    template <class Visit>
    Expected<void> each_candidate(unsigned pass,
                                  const std::stop_token& stop,
                                  const ProgressSink& progress,
                                  Visit visit);
    Expected<std::optional<Candidate>> candidate(TxId id);
    Expected<void> measure(Candidate& found);
    Expected<void> measure_known(const OutPoint& change);
    void add_row(const Candidate& found);
    Calibration summed();
    Expected<bool> was_known(const Candidate& found);

    const index::LedgerView& view_;
    const CalibrationOptions& options_;
    Clusters clusters_;
    PaymentReader reader_;
    ClusterSample sample_;
    Calibration result_;
};

Expected<std::optional<Candidate>> Calibrator::candidate(TxId id) {
    std::optional<Candidate> nothing;
    Candidate found{.tx = TRY(view_.tx(id)), .payment = {}, .root = {}, .own = {}};
    const index::TxEntry& entry = found.tx.entry;
    if (entry.in_count == 0 || entry.out_count < 2 ||
        entry.out_count > options_.rules.outputs_max || entry.flags.is_hogex)
        return nothing;
    found.payment = TRY(reader_.read_sides(found.tx));
    if (found.payment.has_data || !may_have_change(found.payment, options_.rules)) return nothing;
    found.root = TRY(clusters_.root(ClusterLevel::l1, found.payment.inputs.front().address));
    if (!sample_.takes(found.root)) return nothing;
    for (const PaymentInput& in : found.payment.inputs)
        if (TRY(clusters_.root(ClusterLevel::l1, in.address)) != found.root) return nothing;
    for (std::size_t i = 0; i < found.payment.outputs.size(); ++i)
        if (TRY(clusters_.root(ClusterLevel::l1, found.payment.outputs[i].address)) == found.root)
            found.own.push_back(i);
    if (found.own.empty()) return nothing;
    return std::optional(std::move(found));
}

template <class Visit>
Expected<void> Calibrator::each_candidate(unsigned pass,
                                          const std::stop_token& stop,
                                          const ProgressSink& progress,
                                          Visit visit) {
    const TxId first = TRY(view_.block(std::min(options_.from, view_.as_of().height))).first_tx;
    std::uint64_t done = 0;
    for (TxId id = first; id < view_.end_tx(); id = id.next(), ++done) {
        if (done % kReportEvery == 0) {
            if (stop.stop_requested()) return stopped();
            // raw: counted for the eye
            progress({.pass = pass,
                      .passes = 2,
                      .done = done,
                      .all = view_.end_tx().value - first.value});
        }
        if (auto found = TRY(candidate(id))) TRY(visit(*found));
    }
    result_.transactions = done;
    return {};
}

/// Was the change in the payer's cluster before this payment, or by it?
Expected<bool> Calibrator::was_known(const Candidate& found) {
    const AddrId payer = found.payment.inputs.front().address;
    const AddrId change = found.payment.outputs[found.own.front()].address;
    const auto merge = TRY(clusters_.joining_merge(ClusterLevel::l1, payer, change));
    CHECK(merge.has_value());  // they are in one tree, and two addresses
    return merge->position.tx <= found.tx.id;
}

Expected<void> Calibrator::measure(Candidate& found) {
    ClusterTally& tally = sample_[found.root];
    ++result_.candidates;
    Exclusions& excluded = result_.excluded;
    if (found.own.size() > 1) {
        ++excluded.several_own;
        return {};
    }
    if (tally.several_own > tally.candidates / kOddOneIn) {
        ++excluded.odd_cluster;
        return {};
    }
    if (TRY(was_known(found))) {
        ++excluded.known_before;
        return {};
    }
    TRY(reader_.add_fates(found.tx, found.payment));
    const bool all_spent =
        std::all_of(found.payment.outputs.begin(), found.payment.outputs.end(),
                    [](const PaymentOutput& out) { return out.spender.has_value(); });
    if (!all_spent) {
        ++excluded.unspent;
        return {};
    }
    if (tally.rows == options_.cluster_rows_max) {
        ++excluded.over_cluster_rows;
        return {};
    }
    ++tally.rows;
    add_row(found);
    return {};
}

void Calibrator::add_row(const Candidate& found) {
    const std::uint32_t step = std::max<std::uint32_t>(options_.epoch_blocks, 1);
    const Height epoch(found.tx.height.value / step * step);  // raw: rounded down
    EpochScore& score = result_.epochs[epoch];
    (ClusterSample::is_test(found.root) ? score.test : score.train)
        .add(found.payment, found.own.front(), options_.rules);
}

Expected<void> Calibrator::measure_known(const OutPoint& change) {
    const auto id = TRY(view_.find_tx(change.txid));
    if (!id) {
        ++result_.excluded.not_on_chain;
        return {};
    }
    Candidate found{.tx = TRY(view_.tx(*id)), .payment = {}, .root = {}, .own = {}};
    if (found.tx.height < options_.from) return {};
    found.payment = TRY(reader_.read_sides(found.tx));
    const auto output =
        std::find_if(found.payment.outputs.begin(), found.payment.outputs.end(),
                     [&](const PaymentOutput& out) { return out.vout == change.vout; });
    if (output == found.payment.outputs.end()) {
        ++result_.excluded.not_on_chain;
        return {};
    }
    if (!may_have_change(found.payment, options_.rules)) {
        ++result_.excluded.rules_abstain;
        return {};
    }
    found.own.push_back(static_cast<std::size_t>(output - found.payment.outputs.begin()));
    found.root = TRY(clusters_.root(ClusterLevel::l1, found.payment.inputs.front().address));
    ++sample_[found.root].candidates;
    TRY(reader_.add_fates(found.tx, found.payment));
    add_row(found);
    return {};
}

Expected<Calibration> Calibrator::known(const std::vector<OutPoint>& changes,
                                        const std::stop_token& stop,
                                        const ProgressSink& progress) {
    result_.truth = ChangeTruth::known;
    result_.transactions = result_.candidates = changes.size();
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (i % kReportEvery == 0) {
            if (stop.stop_requested()) return stopped();
            progress({.pass = 1, .passes = 1, .done = i, .all = changes.size()});
        }
        TRY(measure_known(changes[i]));
    }
    return summed();
}

Calibration Calibrator::summed() {
    result_.clusters = sample_.size();
    result_.one_cluster_in = sample_.one_in();
    for (const auto& [height, score] : result_.epochs) {
        result_.total.train.add(score.train);
        result_.total.test.add(score.test);
    }
    return std::move(result_);
}

Expected<Calibration> Calibrator::self_revealing(const std::stop_token& stop,
                                                 const ProgressSink& progress) {
    TRY(each_candidate(1, stop, progress, [&](const Candidate& found) -> Expected<void> {
        ClusterTally& tally = sample_[found.root];
        ++tally.candidates;
        if (found.own.size() > 1) ++tally.several_own;
        sample_.trim();
        return {};
    }));
    TRY(each_candidate(2, stop, progress, [&](Candidate& found) { return measure(found); }));
    return summed();
}

}  // namespace

Expected<Calibration> calibrate(const index::LedgerView& view,
                                const CalibrationOptions& options,
                                const std::stop_token& stop,
                                const ProgressSink& progress) {
    return Calibrator(view, options).self_revealing(stop, progress);
}

Expected<std::vector<OutPoint>> known_changes(std::string_view csv) {
    std::vector<OutPoint> changes;
    for (const lists::ColumnRow& row : TRY(lists::read_columns(csv, {"txid", "vout"}))) {
        const auto txid = parse_hash<Txid>(row.cells[0]);
        const auto vout = parse_number(row.cells[1]);
        if (!txid || !vout || *vout > 0xFFFF'FFFF)
            return fail(ErrorCode::invalid, "line " + std::to_string(row.line) + ": \"" +
                                                row.cells[0] + "\", \"" + row.cells[1] +
                                                "\" is no txid and output number");
        changes.push_back({*txid, OutIndex(static_cast<std::uint32_t>(*vout))});
    }
    return changes;
}

Expected<Calibration> calibrate_known(const index::LedgerView& view,
                                      const std::vector<OutPoint>& changes,
                                      const CalibrationOptions& options,
                                      const std::stop_token& stop,
                                      const ProgressSink& progress) {
    return Calibrator(view, options).known(changes, stop, progress);
}

}  // namespace wagetrail
