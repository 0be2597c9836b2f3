// One RocksDB of one ledger: named column families, reads, ordered cursors, atomic batches. The
// only file pair that knows RocksDB. It stores bytes; what they mean is in index/rows.h and
// SCHEMA.md.
//
// One process may hold a Database opened for writing (the lock of RocksDB says so); any number may
// read it meanwhile as secondaries, each pinned to the moment it opened. Thread-safe except Cursor.
#pragma once

#include "chain/base/bytes.h"
#include "chain/base/expected.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::index {

// Each has a row in SCHEMA.md. Order is the order of digests and statistics.
enum class Family : std::uint8_t {
    meta,
    blocks,
    block_hash,
    source_pos,
    tx,
    txids,
    out,
    in,
    addr,
    addr_hash,
    txid_hash,
    spent,
    history,
    tx_class,
    cluster,
};
inline constexpr std::size_t kFamilyCount = 15;

[[nodiscard]] std::string_view name(Family family);

/// Inserts and deletions that take effect together or not at all. All bytes lie in one buffer: a
/// block makes tens of thousands of small rows.
class Batch {
  public:
    struct Entry {
        Family family = Family::meta;
        bool erases = false;
        std::uint32_t key_size = 0;
        std::uint32_t value_size = 0;
        std::size_t at = 0;  // of the key; the value follows it
    };

    void put(Family family, ByteView key, ByteView value);
    void erase(Family family, ByteView key);
    void add(const Batch& other);

    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] std::size_t bytes() const { return bytes_.size(); }
    /// In the order in which a store takes them fastest: by family, then key; what was said of one
    /// key keeps its order.
    [[nodiscard]] std::vector<Entry> sorted() const;
    [[nodiscard]] ByteView key(const Entry& entry) const {
        return ByteView(bytes_).subspan(entry.at, entry.key_size);
    }
    [[nodiscard]] ByteView value(const Entry& entry) const {
        return ByteView(bytes_).subspan(entry.at + entry.key_size, entry.value_size);
    }

  private:
    Bytes bytes_;
    std::vector<Entry> entries_;
};

/// Walks one family in key order. Borrows its ReadHandle's Database. After every move: valid() says
/// whether it stands on a row; when it does not, status() tells the end from a read error.
class Cursor {
  public:
    class Impl;
    explicit Cursor(std::unique_ptr<Impl> impl);
    Cursor(Cursor&&) noexcept;
    Cursor& operator=(Cursor&&) noexcept;
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    ~Cursor();

    void seek_first();
    void seek(ByteView key);       // first row at or after key
    void seek_back(ByteView key);  // last row at or before key
    void next();
    void previous();
    [[nodiscard]] bool valid() const;
    [[nodiscard]] ByteView key() const;    // until the next move
    [[nodiscard]] ByteView value() const;  // until the next move
    [[nodiscard]] Expected<void> status() const;

  private:
    std::unique_ptr<Impl> impl_;
};

/// within_prefix: the rows wanted share the sought key's prefix (the hash, address, bucket or node
/// part); filters then skip files, and rows of other prefixes may or may not appear.
enum class Scan : std::uint8_t { whole, within_prefix };

class Database;
class ReadCache;

/// Reads one state of a Database: the one at pin() in a writer, the one at opening in a secondary.
/// Cheap to copy; must not outlive the Database.
class ReadHandle {
  public:
    [[nodiscard]] Expected<std::optional<Bytes>> get(Family family, ByteView key) const;
    [[nodiscard]] Cursor cursor(Family family, Scan scan) const;

  private:
    friend class Database;
    struct Pin;
    // shared: a snapshot is released with its last reader
    ReadHandle(const Database& database, std::shared_ptr<const Pin> pin);
    const Database* database_;
    std::shared_ptr<const Pin> pin_;
};

enum class Durability : std::uint8_t { process_kill, power_loss };

class Database {
  public:
    /// Creates it when absent and allowed to. io: locked by another writer (says so), unwritable,
    /// full. memory_bytes bounds block cache and memtables together.
    enum class Create : std::uint8_t { no, if_absent };
    [[nodiscard]] static Expected<std::unique_ptr<Database>> open_writer(const std::string& path,
                                                                         std::uint64_t memory_bytes,
                                                                         Create create);
    /// Opens beside a writer or alone. Its scratch folder (info log) is made under scratch_parent
    /// and removed again. not_found when there is no database.
    [[nodiscard]] static Expected<std::unique_ptr<Database>> open_reader(
        const std::string& path, const ReadCache& cache, const std::string& scratch_parent);

    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    Database(Database&&) = delete;
    Database& operator=(Database&&) = delete;
    ~Database();

    /// Of a secondary: moves to what the writer has stored by now.
    [[nodiscard]] Expected<void> catch_up();

    [[nodiscard]] ReadHandle latest() const;  // of a writer: sees each later write
    [[nodiscard]] ReadHandle pin() const;     // of a writer: a snapshot

    [[nodiscard]] Expected<void> write(const Batch& batch, Durability durability);
    /// Turns what is in memory into tables, on the disk when this returns. Readers then open
    /// without going through a log.
    [[nodiscard]] Expected<void> flush();
    /// A consistent copy of the files at this moment; dir must not exist.
    [[nodiscard]] Expected<void> checkpoint(const std::string& dir);
    /// Bytes on disk, by RocksDB's own count of live table files of each family.
    [[nodiscard]] std::uint64_t size_bytes(Family family) const;

  private:
    friend class ReadHandle;
    class Impl;
    explicit Database(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wagetrail::index
