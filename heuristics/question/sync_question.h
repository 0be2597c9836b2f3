// Brings the index of a ledger to its source, clusters and all.
#pragma once

#include "index/sync.h"

#include "heuristics/question/block_place.h"
#include "heuristics/report/envelope.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace wagetrail::question {

struct SyncRequest {
    LedgerId ledger = LedgerId::btc;
    BlockPlace from;
    index::SyncOptions options;
    std::uint64_t memory_bytes = std::uint64_t{2} << 30U;  // bound of caches and tables
};

/// Told while it goes on, on the thread that syncs. Both are set.
struct SyncListener {
    std::function<void(const index::SyncProgress&)> progress;
    std::function<void(const std::string&)> notice;
};

struct Synced {
    index::SyncProgress done;
    Height height;  // where the index stands now
    report::Answer answer;
};

/// The one writer of the ledger's index while it runs. Errors are those of index::sync and of
/// opening the source and the index.
[[nodiscard]] Expected<Synced> sync(const std::string& home,
                                    const SyncRequest& request,
                                    const SyncListener& listener,
                                    const std::stop_token& stop);

}  // namespace wagetrail::question
