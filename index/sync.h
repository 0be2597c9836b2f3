// Brings an index to a source's best chain: finds the fork, takes stale blocks out, puts new ones
// in, and follows if asked. Stopping at any moment leaves the index as of some block.
#pragma once

#include "index/store.h"

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>

namespace wagetrail::index {

struct SyncProgress {
    Height height;                   // last connected
    Height target;                   // the source's tip, or the height asked for
    std::uint64_t blocks = 0;        // connected by this run
    std::uint64_t reverted = 0;      // disconnected by this run
    std::uint64_t transactions = 0;  // connected by this run
    std::uint64_t bytes = 0;         // of connected blocks, serialised
};

struct SyncOptions {
    std::optional<Height> to_height;   // stop there; blocks above are left alone
    bool follow = false;               // go on until stopped
    std::uint32_t reorg_depth = 1000;  // blocks that may be taken out; beyond: an error, none is
    std::chrono::milliseconds poll{1000};  // between looks for new blocks while following
    /// While following: the source was asked, and nothing of it is left to read.
    std::function<void()> at_tip = [] {};
};

/// Runs until the source's tip (or to_height) is reached, and then makes tables of what is in
/// memory; with follow, until stop. Called after each block: progress, from this thread; the last
/// block may not be written yet. cancelled when stop is requested without follow.
[[nodiscard]] Expected<SyncProgress> sync(Store& store,
                                          BlockSource& source,
                                          const SyncOptions& options,
                                          std::stop_token stop,
                                          const std::function<void(const SyncProgress&)>& progress);

}  // namespace wagetrail::index
