// Fetching blocks ahead of whoever consumes them: several threads fetch parts of a range of
// heights, and one consumer gets the blocks in height order.
#pragma once

#include "chain/source/block_source.h"

#include <functional>
#include <stop_token>
#include <vector>

namespace wagetrail {

struct ReadAhead {
    unsigned threads = 1;
    /// Raw bytes of fetched blocks that may wait; above it no thread starts another part.
    std::uint64_t bytes_max = 64U << 20U;
    /// How many blocks the part that begins at a height should have. Never called concurrently.
    std::function<std::uint32_t(Height first)> part;
    /// Fetches exactly count blocks in height order. Called from the threads, which are numbered
    /// from 0; a failure is reported when the consumer reaches it.
    std::function<Expected<std::vector<SourceBlock>>(
        unsigned thread, Height first, std::uint32_t count, std::stop_token stop)>
        fetch;

    /// Runs sink, on the calling thread, over the blocks [from, to]. Ends early with the first
    /// failure in height order, with the sink's, or with `cancelled`. All threads have ended when
    /// it returns.
    [[nodiscard]] Expected<void> run(Height from,
                                     Height to,
                                     std::stop_token stop,
                                     const std::function<Expected<void>(SourceBlock)>& sink) const;
};

}  // namespace wagetrail
