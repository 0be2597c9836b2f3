// Chunks that a view has decoded, the ones asked last: whoever follows value comes to the same few
// blocks again and again. Pinned views never change, so nothing here can be stale. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

namespace wagetrail::index {

/// Rows of ids in a row; a chunk is found by any of them.
template <class Chunk>
class ChunkCache {
  public:
    struct Kept {
        std::uint64_t first = 0;  // id
        std::uint64_t last = 0;
        Chunk chunk;
    };

    /// nullptr: it is not here. Valid until the next keep().
    [[nodiscard]] const Kept* find(std::uint64_t id) const {
        const auto at = chunks_.lower_bound(id);
        return at != chunks_.end() && at->second.first <= id ? &at->second : nullptr;
    }
    /// Forgets all others when there are too many: simpler than to know which was used last, and
    /// walks go through the chain in one direction.
    const Kept& keep(std::uint64_t last, std::size_t count, Chunk chunk) {
        if (chunks_.size() >= kKept) chunks_.clear();
        return chunks_.insert_or_assign(last, Kept{last + 1 - count, last, std::move(chunk)})
            .first->second;
    }

  private:
    static constexpr std::size_t kKept = 2'048;

    std::map<std::uint64_t, Kept> chunks_;  // by last id
};

}  // namespace wagetrail::index
