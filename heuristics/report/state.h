// Answers about the data at hand rather than the chain: sync, status, doctor.
#pragma once

#include "index/doctor.h"
#include "index/sync.h"

#include "heuristics/report/envelope.h"

namespace wagetrail::report {

[[nodiscard]] Answer sync_answer(const Manifest& manifest,
                                 const index::SyncProgress& done,
                                 const std::string& source);

struct LedgerState {
    LedgerPin tip;
    index::BlockRow block;         // the last one
    std::uint64_t size_bytes = 0;  // on disk
};

/// behind: seconds between the last block and now; outside the result_id.
[[nodiscard]] Answer status_answer(const std::vector<LedgerState>& ledgers,
                                   const Manifest& manifest,
                                   Time now);

[[nodiscard]] Answer digest_answer(const Manifest& manifest,
                                   const std::vector<index::FamilyDigest>& digests);
[[nodiscard]] Answer doctor_answer(const Manifest& manifest, const index::Diagnosis& diagnosis);

/// What was copied where.
[[nodiscard]] Answer backup_answer(const Manifest& manifest,
                                   const std::string& dir,
                                   bool with_registry);

/// One step of a sync as a JSON line.
[[nodiscard]] std::string progress_json(const index::SyncProgress& progress);

}  // namespace wagetrail::report
