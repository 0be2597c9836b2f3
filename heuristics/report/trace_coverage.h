// What an answer of `trace` leaves open: because a hole is no evidence that nothing is there.
#pragma once

#include "index/lists/list_view.h"

#include "heuristics/report/trace_report.h"

namespace wagetrail::report {

struct CoverageInput {
    Time block_time;                         // of the last block that was looked at
    std::optional<Time> moment;              // asked for by --as-of
    const lists::ListView* lists = nullptr;  // nullptr: no list was asked
    bool has_services = false;
    std::int64_t max_age_seconds = lists::kDefaultMaxAgeSeconds;
};

/// In fixed order. With a target that nothing reached, and any of them but NO_SERVICES: unknown.
///
///     NO_PAYOUTS            there was nothing to follow
///     PAYOUTS_NOT_ON_CHAIN  some of what was named is not there
///     COINJOINS_LEFT_OUT    whose outputs they are nobody can say
///     VALUE_FLOOR_RAISED    the work budget was reached
///     LIMITS_REACHED        value stands where hops, value or time were limited
///     INDEX_BEHIND          the last block is older than the moment asked about
///     LIST_OUTDATED         a list is older than the moment asked about
///     NO_SERVICES           money was followed through addresses that may be an exchange's
[[nodiscard]] std::vector<CoverageGap> coverage_of(const TraceQuestion& question,
                                                   const std::vector<PolicyTrace>& traces,
                                                   const CoverageInput& input);

// Gaps that answers of several questions have, in the same words everywhere.
[[nodiscard]] CoverageGap gap_of_nothing();                     // NO_PAYOUTS
[[nodiscard]] CoverageGap gap_of_missing(std::size_t payouts);  // PAYOUTS_NOT_ON_CHAIN
[[nodiscard]] CoverageGap gap_of_budget();                      // VALUE_FLOOR_RAISED
[[nodiscard]] CoverageGap gap_of_limits();                      // LIMITS_REACHED

/// What of a large subject was looked at, out of how much. payouts: where the newest suffice, with
/// one of truncated and entity_left_out.
[[nodiscard]] CoverageGap gap_of_newest(const Payouts& payouts,
                                        SubjectSide side);        // SUBJECT_TRUNCATED
[[nodiscard]] CoverageGap gap_of_entity(const Payouts& payouts);  // ENTITY_TOO_LARGE

/// Only those of the index and of the lists, for answers of other questions.
[[nodiscard]] std::vector<CoverageGap> age_gaps(const CoverageInput& input);

/// Whether the gaps keep an answer from being final: without services or prices it says less about
/// what it found, but misses nothing. has_target: it was asked about certain parties.
[[nodiscard]] bool leaves_open(const std::vector<CoverageGap>& gaps, bool has_target);

}  // namespace wagetrail::report
