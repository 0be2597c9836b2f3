// The audit log: batches of lines, each batch bound to the one before by its hash, so that nothing
// can be changed, taken out or put in later without every following hash betraying it. What was cut
// off at the end shows only against a hash that was noted elsewhere.
//
//     sha256 = SHA-256(sha256 of the batch before, zeros for the first || lines)
//
// A line is JSON: {"answer": sha256 or "", "at", "body": sha256 or "", "caller", "id", "method",
// "peer", "status", "target", "took_us"}.
#pragma once

#include "chain/base/ids.h"
#include "chain/base/time.h"

#include "index/lists/sqlite.h"

#include "server/http/hooks.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace wagetrail::server {

struct AuditHead {
    std::uint64_t batches = 0;
    std::uint64_t entries = 0;
    Sha256Hash sha256 = {};  // of the last batch; zeros when there is none
};

/// With its end. Bytes of the request that are no UTF-8 become replacements.
[[nodiscard]] std::string audit_line(const Exchanged& exchanged, Time at);

/// Adds one batch, whole or not at all.
[[nodiscard]] Expected<void> append_batch(lists::Sqlite& state,
                                          Time at,
                                          const std::string& lines,
                                          std::uint64_t entries);

/// A batch whose hash somebody noted.
struct NotedBatch {
    std::uint64_t number = 0;
    Sha256Hash sha256;
};
/// Computes every hash anew. corrupt, with the batch: it does not follow from the one before, one
/// is missing, or the noted one is another.
[[nodiscard]] Expected<AuditHead> verify_audit(lists::Sqlite& state,
                                               const std::optional<NotedBatch>& noted);

/// The last `limit` lines, oldest first.
[[nodiscard]] Expected<std::vector<std::string>> last_lines(lists::Sqlite& state,
                                                            std::size_t limit);

}  // namespace wagetrail::server
