#include "heuristics/report/trace_coverage.h"

#include <algorithm>

namespace wagetrail::report {
namespace {

constexpr std::string_view kNoServices = "NO_SERVICES";
constexpr std::string_view kLimitsReached = "LIMITS_REACHED";

template <class Test>
bool any_of(const std::vector<PolicyTrace>& traces, const Test& test) {
    return std::any_of(traces.begin(), traces.end(),
                       [&](const PolicyTrace& traced) { return test(traced.trace); });
}

bool met_a_limit(const Trace& trace) {
    return std::any_of(trace.stopped.begin(), trace.stopped.end(), [](const Stop& stop) {
        return stop.reason == StopReason::max_hops || stop.reason == StopReason::value_floor ||
               stop.reason == StopReason::time_window;
    });
}

bool lies_behind(Time known, Time asked, const CoverageInput& input) {
    return asked.seconds - known.seconds > input.max_age_seconds;
}

void add_list_gaps(const CoverageInput& input, std::vector<CoverageGap>& gaps) {
    if (input.lists == nullptr) return;
    for (const lists::ListState& list : input.lists->states())
        if (lies_behind(list.current().published, input.lists->pins().as_of, input))
            gaps.push_back({"LIST_OUTDATED", "the newest \"" + list.name + "\" is of " +
                                                 text(list.current().published) +
                                                 ": what was listed since is not known"});
}

}  // namespace

CoverageGap gap_of_nothing() {
    return {"NO_PAYOUTS", "there was nothing to follow"};
}

CoverageGap gap_of_missing(std::size_t payouts) {
    return {"PAYOUTS_NOT_ON_CHAIN", std::to_string(payouts) + " named payouts were not found"};
}

CoverageGap gap_of_budget() {
    return {"VALUE_FLOOR_RAISED", "the work budget was reached"};
}

CoverageGap gap_of_limits() {
    return {std::string(kLimitsReached), "value stands where the limits end the walk"};
}

CoverageGap gap_of_newest(const Payouts& payouts, SubjectSide side) {
    const WalletReach& reach = payouts.reach;
    const auto number = [](std::uint64_t value) { return std::to_string(value); };
    return {"SUBJECT_TRUNCATED", "only the newest " + number(payouts.found.size()) +
                                     (side == SubjectSide::received ? " receipts" : " payments") +
                                     " were followed, of " + number(reach.transactions) +
                                     " out of at most " + number(reach.transactions_all) +
                                     " transactions of " + number(reach.addresses) + " out of " +
                                     number(reach.addresses_all) + " addresses"};
}

CoverageGap gap_of_entity(const Payouts& payouts) {
    const WalletReach& reach = payouts.reach;
    return {"ENTITY_TOO_LARGE", "its entity is too large: of " +
                                    std::to_string(reach.addresses_all) + " addresses only " +
                                    std::to_string(reach.addresses) + " named by itself " +
                                    (reach.addresses == 1 ? "was" : "were") + " followed"};
}

std::vector<CoverageGap> age_gaps(const CoverageInput& input) {
    std::vector<CoverageGap> gaps;
    if (input.moment && lies_behind(input.block_time, *input.moment, input))
        gaps.push_back({"INDEX_BEHIND", "the index ends at " + text(input.block_time) +
                                            ": what was paid since is not known"});
    add_list_gaps(input, gaps);
    return gaps;
}

std::vector<CoverageGap> coverage_of(const TraceQuestion& question,
                                     const std::vector<PolicyTrace>& traces,
                                     const CoverageInput& input) {
    std::vector<CoverageGap> gaps;
    const Payouts& payouts = question.payouts;
    if (payouts.found.empty()) gaps.push_back(gap_of_nothing());
    if (!payouts.missing.empty()) gaps.push_back(gap_of_missing(payouts.missing.size()));
    if (!payouts.coinjoins.empty())
        gaps.push_back({"COINJOINS_LEFT_OUT", "CoinJoins of the wallet were left out"});
    if (any_of(traces, [](const Trace& trace) { return trace.restarts > 0; }))
        gaps.push_back(gap_of_budget());
    if (any_of(traces, met_a_limit)) gaps.push_back(gap_of_limits());
    for (CoverageGap& gap : age_gaps(input)) gaps.push_back(std::move(gap));
    if (!question.to.empty() && !input.has_services)
        gaps.push_back({std::string(kNoServices),
                        "no services are labelled (--services): money may have been followed "
                        "through an exchange to strangers"});
    return gaps;
}

bool leaves_open(const std::vector<CoverageGap>& gaps, bool has_target) {
    return std::any_of(gaps.begin(), gaps.end(), [&](const CoverageGap& gap) {
        if (gap.code == kNoServices || gap.code == "NO_PRICES" || gap.code == "PRICE_GAPS")
            return false;
        return has_target || gap.code != kLimitsReached;
    });
}

}  // namespace wagetrail::report
