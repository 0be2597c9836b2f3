// Blocks of table files that were read, kept in memory for every reader that shares it. Tables
// never change, so what one reader has read serves the next one that opens the same index.
#pragma once

#include <cstdint>
#include <memory>

namespace rocksdb {
class Cache;
}

namespace wagetrail::index {

/// Cheap to copy: a copy is the same cache. Thread-safe.
class ReadCache {
  public:
    /// A bound on the blocks and on what is read of a writer's log.
    explicit ReadCache(std::uint64_t bytes);
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

  private:
    friend class Database;
    std::uint64_t bytes_;
    std::shared_ptr<rocksdb::Cache> cache_;  // shared: with each database that reads through it
};

}  // namespace wagetrail::index
