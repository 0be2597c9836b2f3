#include "index/database.h"

#include "index/disk_space.h"
#include "index/read_cache.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_buffer_manager.h>

#include <array>
#include <cstdarg>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace wagetrail::index {
namespace {

namespace fs = std::filesystem;

// How a family is read decides how it is stored.
struct FamilyTraits {
    Family family;
    std::string_view name;
    std::size_t prefix;  // bytes of the key that reads share; 0: no filter, rows found by order
};

constexpr std::array<FamilyTraits, kFamilyCount> kFamilies = {{
    {Family::meta, "meta", 0},
    {Family::blocks, "blocks", 0},
    {Family::block_hash, "block_hash", 6},
    {Family::source_pos, "source_pos", 0},
    {Family::tx, "tx", 0},
    {Family::txids, "txids", 0},
    {Family::out, "out", 0},
    {Family::in, "in", 0},
    {Family::addr, "addr", 0},
    {Family::addr_hash, "addr_hash", 6},
    {Family::txid_hash, "txid_hash", 6},
    {Family::spent, "spent", 5},
    {Family::history, "history", 5},
    {Family::tx_class, "tx_class", 0},
    {Family::cluster, "cluster", 7},
}};

const FamilyTraits& traits(Family family) {
    return kFamilies.at(static_cast<std::size_t>(family));
}

rocksdb::Slice slice(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

ByteView view(const rocksdb::Slice& bytes) {
    return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

std::unexpected<Error> failure(const rocksdb::Status& status, const std::string& path) {
    const std::string detail = status.ToString();
    if (status.IsNoSpace() || detail.find("No space left") != std::string::npos)
        return no_space_left(path);
    if (detail.find("lock") != std::string::npos || detail.find("LOCK") != std::string::npos) {
        if (detail.find("ermission denied") == std::string::npos &&
            detail.find("Read-only") == std::string::npos)
            return fail(ErrorCode::io, path +
                                           " is being written by another process; one sync per "
                                           "ledger at a time (reading works meanwhile)");
    }
    if (detail.find("ermission denied") != std::string::npos ||
        detail.find("Read-only") != std::string::npos)
        return fail(ErrorCode::io,
                    path + " is not writable: " + detail + "; check its owner, or use --home");
    if (status.IsCorruption())
        return fail(ErrorCode::corrupt, "the database at " + path + " is damaged (" + detail +
                                            "); restore a backup or delete it and sync again");
    return fail(ErrorCode::io, "database at " + path + ": " + detail);
}

/// Takes the place of RocksDB's own log file. The one of 7.8.3 aborts the process at the first line
/// that follows one it could not write, so a full disk would end in a core dump instead of an
/// error.
class NoLog final : public rocksdb::Logger {
  public:
    using rocksdb::Logger::Logv;
    void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

rocksdb::ColumnFamilyOptions family_options(const FamilyTraits& family,
                                            const std::shared_ptr<rocksdb::Cache>& cache,
                                            std::uint64_t memory_bytes) {
    rocksdb::ColumnFamilyOptions options;
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = cache;
    // In parts: whole ones are megabytes, which a small cache throws out and reads again for each
    // look-up.
    table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
    table.partition_filters = true;
    table.metadata_block_size = std::size_t{8} << 10U;
    table.cache_index_and_filter_blocks = true;
    table.cache_index_and_filter_blocks_with_high_priority = true;
    table.pin_top_level_index_and_filter = true;
    table.pin_l0_filter_and_index_blocks_in_cache = true;
    table.format_version = 5;
    table.block_size = std::size_t{8} << 10U;
    if (family.prefix > 0) {
        table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
        table.whole_key_filtering = false;
        options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(family.prefix));
        // Most look-ups of a sync are for what is not there: new scripts, other forms of a key.
        options.memtable_prefix_bloom_size_ratio = 0.1;
    }
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    // Raw txids do not shrink; everything else does.
    const bool dense = family.family == Family::txids;
    options.compression = dense ? rocksdb::kNoCompression : rocksdb::kLZ4Compression;
    options.bottommost_compression = dense ? rocksdb::kNoCompression : rocksdb::kZSTD;
    options.write_buffer_size = std::max<std::uint64_t>(memory_bytes / 32, std::uint64_t{1} << 20U);
    return options;
}

std::shared_ptr<rocksdb::Cache> new_cache(std::uint64_t bytes) {
    constexpr int kShardBits = 4;  // few threads; large shards, as the charges are uneven
    return rocksdb::NewLRUCache(bytes, kShardBits);
}

}  // namespace

std::string_view name(Family family) {
    return traits(family).name;
}

// ---------------------------------------------------------------- Database

ReadCache::ReadCache(std::uint64_t bytes) : bytes_(bytes), cache_(new_cache(bytes)) {}

class Database::Impl {
  public:
    std::string path;
    std::string scratch;             // of a secondary; removed on close
    std::uint64_t disk_reserve = 0;  // bytes that memtables on their way to disk may need
    std::shared_ptr<rocksdb::Cache> cache;
    std::unique_ptr<rocksdb::DB> db;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    Impl(Impl&&) = delete;
    Impl& operator=(Impl&&) = delete;
    ~Impl() {
        for (rocksdb::ColumnFamilyHandle* handle : handles)
            db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
        db.reset();
        std::error_code ignored;
        if (!scratch.empty()) fs::remove_all(scratch, ignored);
    }

    [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Family family) const {
        return handles[static_cast<std::size_t>(family)];
    }

    /// Memtables are charged to the cache, so that one figure bounds both.
    rocksdb::DBOptions prepare(std::uint64_t memory_bytes) {
        disk_reserve = std::max<std::uint64_t>(memory_bytes / 16, std::uint64_t{8} << 20U);
        rocksdb::DBOptions options;
        options.write_buffer_manager =
            std::make_shared<rocksdb::WriteBufferManager>(memory_bytes / 4, cache);
        options.max_background_jobs = 2;
        options.bytes_per_sync = std::uint64_t{1} << 20U;
        options.info_log = std::make_shared<NoLog>();  // shared: with RocksDB's threads
        options.max_total_wal_size = std::max<std::uint64_t>(memory_bytes / 4, 64ULL << 20U);
        return options;
    }

    [[nodiscard]] std::vector<rocksdb::ColumnFamilyDescriptor> families(
        std::uint64_t memory_bytes) const {
        std::vector<rocksdb::ColumnFamilyDescriptor> all;
        for (const FamilyTraits& family : kFamilies)
            all.emplace_back(family.family == Family::meta ? rocksdb::kDefaultColumnFamilyName
                                                           : std::string(family.name),
                             family_options(family, cache, memory_bytes));
        return all;
    }
};

// ---------------------------------------------------------------- ReadHandle

struct ReadHandle::Pin {
    rocksdb::DB* db = nullptr;
    const rocksdb::Snapshot* snapshot = nullptr;

    Pin() = default;
    Pin(const Pin&) = delete;
    Pin& operator=(const Pin&) = delete;
    Pin(Pin&&) = delete;
    Pin& operator=(Pin&&) = delete;
    ~Pin() {
        if (snapshot != nullptr) db->ReleaseSnapshot(snapshot);
    }
};

ReadHandle::ReadHandle(const Database& database,
                       std::shared_ptr<const Pin> pin)  // shared: see the header
    : database_(&database), pin_(std::move(pin)) {}

Expected<std::optional<Bytes>> ReadHandle::get(Family family, ByteView key) const {
    rocksdb::ReadOptions options;
    if (pin_) options.snapshot = pin_->snapshot;
    rocksdb::PinnableSlice value;
    const rocksdb::Status status =
        database_->impl_->db->Get(options, database_->impl_->handle(family), slice(key), &value);
    if (status.IsNotFound()) return std::optional<Bytes>();
    if (!status.ok()) return failure(status, database_->impl_->path);
    return std::optional<Bytes>(to_bytes(view(value)));
}

class Cursor::Impl {
  public:
    std::unique_ptr<rocksdb::Iterator> iterator;
    std::string path;
};

Cursor ReadHandle::cursor(Family family, Scan scan) const {
    rocksdb::ReadOptions options;
    if (pin_) options.snapshot = pin_->snapshot;
    options.total_order_seek = scan == Scan::whole;
    options.prefix_same_as_start = scan == Scan::within_prefix && traits(family).prefix > 0;
    auto impl = std::make_unique<Cursor::Impl>();
    impl->iterator.reset(
        database_->impl_->db->NewIterator(options, database_->impl_->handle(family)));
    impl->path = database_->impl_->path;
    return Cursor(std::move(impl));
}

Cursor::Cursor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Cursor::Cursor(Cursor&&) noexcept = default;
Cursor& Cursor::operator=(Cursor&&) noexcept = default;
Cursor::~Cursor() = default;

void Cursor::seek_first() {
    impl_->iterator->SeekToFirst();
}
void Cursor::seek(ByteView key) {
    impl_->iterator->Seek(slice(key));
}
void Cursor::seek_back(ByteView key) {
    impl_->iterator->SeekForPrev(slice(key));
}
void Cursor::next() {
    impl_->iterator->Next();
}
void Cursor::previous() {
    impl_->iterator->Prev();
}
bool Cursor::valid() const {
    return impl_->iterator->Valid();
}
ByteView Cursor::key() const {
    return view(impl_->iterator->key());
}
ByteView Cursor::value() const {
    return view(impl_->iterator->value());
}

Expected<void> Cursor::status() const {
    const rocksdb::Status status = impl_->iterator->status();
    if (!status.ok()) return failure(status, impl_->path);
    return {};
}

// ---------------------------------------------------------------- opening

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

Expected<std::unique_ptr<Database>> Database::open_writer(const std::string& path,
                                                          std::uint64_t memory_bytes,
                                                          Create create) {
    std::error_code error;
    const bool exists = fs::exists(fs::path(path) / "CURRENT", error);
    if (!exists && create == Create::no)
        return fail(ErrorCode::not_found, "there is no database at " + path);
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->cache = new_cache(memory_bytes);
    rocksdb::DBOptions options = impl->prepare(memory_bytes);
    // A read-only disk is not called full, though it may be both.
    TRY(make_folder(path));
    TRY(require_space(path, impl->disk_reserve));
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    options.max_open_files = 1000;
    rocksdb::DB* db = nullptr;
    const rocksdb::Status status =
        rocksdb::DB::Open(options, path, impl->families(memory_bytes), &impl->handles, &db);
    if (!status.ok()) return failure(status, path);
    impl->db.reset(db);
    return std::unique_ptr<Database>(new Database(std::move(impl)));
}

Expected<std::unique_ptr<Database>> Database::open_reader(const std::string& path,
                                                          const ReadCache& cache,
                                                          const std::string& scratch_parent) {
    std::error_code error;
    if (!fs::exists(fs::path(path) / "CURRENT", error))
        return fail(ErrorCode::not_found, "there is no database at " + path);
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    std::string scratch = (fs::path(scratch_parent) / "wagetrail-reader-XXXXXX").string();
    if (mkdtemp(scratch.data()) == nullptr)
        return fail(ErrorCode::io, "cannot create a scratch folder in " + scratch_parent +
                                       "; set TMPDIR to a writable folder");
    impl->scratch = scratch;
    impl->cache = cache.cache_;
    rocksdb::DBOptions options = impl->prepare(cache.bytes());
    // All files stay open: the writer may delete them while this process still reads them.
    options.max_open_files = -1;
    // Each family would start sixteen threads to open its few files.
    options.max_file_opening_threads = 1;
    rocksdb::DB* db = nullptr;
    const rocksdb::Status status = rocksdb::DB::OpenAsSecondary(
        options, path, scratch, impl->families(cache.bytes()), &impl->handles, &db);
    if (!status.ok()) return failure(status, path);
    impl->db.reset(db);
    return std::unique_ptr<Database>(new Database(std::move(impl)));
}

Expected<void> Database::catch_up() {
    const rocksdb::Status status = impl_->db->TryCatchUpWithPrimary();
    if (!status.ok()) return failure(status, impl_->path);
    return {};
}

ReadHandle Database::latest() const {
    return {*this, nullptr};
}

ReadHandle Database::pin() const {
    // A secondary has no snapshots and needs none: it moves only when told to catch up.
    if (!impl_->scratch.empty()) return latest();
    auto pin = std::make_shared<ReadHandle::Pin>();  // shared: see the header
    pin->db = impl_->db.get();
    pin->snapshot = impl_->db->GetSnapshot();
    return {*this, std::move(pin)};
}

// ---------------------------------------------------------------- writing

Expected<void> Database::write(const Batch& batch, Durability durability) {
    // Rows that are in the log already must find room as tables, too.
    TRY(require_space(impl_->path, impl_->disk_reserve));
    constexpr std::size_t kFrame = 8;  // of each row in RocksDB's own buffer, at most
    rocksdb::WriteBatch rows(batch.bytes() + batch.size() * kFrame);
    for (const Batch::Entry& entry : batch.sorted()) {
        rocksdb::ColumnFamilyHandle* handle = impl_->handle(entry.family);
        const rocksdb::Slice key = slice(batch.key(entry));
        const rocksdb::Status status = entry.erases
                                           ? rows.Delete(handle, key)
                                           : rows.Put(handle, key, slice(batch.value(entry)));
        if (!status.ok()) return failure(status, impl_->path);
    }
    rocksdb::WriteOptions options;
    options.sync = durability == Durability::power_loss;
    const rocksdb::Status status = impl_->db->Write(options, &rows);
    if (!status.ok()) return failure(status, impl_->path);
    return {};
}

Expected<void> Database::flush() {
    TRY(require_space(impl_->path, impl_->disk_reserve));
    const rocksdb::Status status = impl_->db->Flush(rocksdb::FlushOptions(), impl_->handles);
    if (!status.ok()) return failure(status, impl_->path);
    return {};
}

Expected<void> Database::checkpoint(const std::string& dir) {
    rocksdb::Checkpoint* raw = nullptr;
    rocksdb::Status status = rocksdb::Checkpoint::Create(impl_->db.get(), &raw);
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw);
    if (status.ok()) status = checkpoint->CreateCheckpoint(dir);
    if (!status.ok()) return failure(status, dir);
    return {};
}

std::uint64_t Database::size_bytes(Family family) const {
    std::uint64_t bytes = 0;
    impl_->db->GetIntProperty(impl_->handle(family), rocksdb::DB::Properties::kLiveSstFilesSize,
                              &bytes);
    return bytes;
}

}  // namespace wagetrail::index
