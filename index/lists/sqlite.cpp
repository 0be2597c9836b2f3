#include "index/lists/sqlite.h"

#include "index/disk_space.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <limits>
#include <utility>

namespace wagetrail::lists {
namespace {

constexpr int kBusyMilliseconds = 10'000;

std::unexpected<Error> failure(sqlite3* handle, int code, const std::string& path) {
    const std::string why = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    switch (code & 0xFF) {
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return fail(ErrorCode::corrupt, path + " is damaged or no SQLite file (" + why +
                                                "); restore it from a backup or move it away");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return fail(ErrorCode::io, path +
                                           " is being written by another process (waited 10 s); "
                                           "try again when that is done");
        case SQLITE_FULL:
            return index::no_space_left(path);
        case SQLITE_IOERR:
            // Its shared memory grows by other calls, whose errors have no code of their own.
            if (handle != nullptr && sqlite3_system_errno(handle) == ENOSPC)
                return index::no_space_left(path);
            return fail(ErrorCode::io, path + ": " + why + "; check the disk");
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return fail(ErrorCode::io, path + " is not writable: " + why +
                                           "; check its owner and its folder's, or use --home");
        default:
            return fail(ErrorCode::io, path + ": " + why);
    }
}

}  // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

SqliteStatement& SqliteStatement::bind(std::int64_t value) {
    const int code = sqlite3_bind_int64(statement_.get(), ++bound_, value);
    if (code != SQLITE_OK && bind_error_ == SQLITE_OK) bind_error_ = code;
    return *this;
}

SqliteStatement& SqliteStatement::bind(std::string_view value) {
    // A null pointer would bind NULL: an empty view may have one.
    const char* data = value.empty() ? "" : value.data();
    const int code = sqlite3_bind_text64(statement_.get(), ++bound_, data, value.size(),
                                         SQLITE_TRANSIENT, SQLITE_UTF8);
    if (code != SQLITE_OK && bind_error_ == SQLITE_OK) bind_error_ = code;
    return *this;
}

SqliteStatement& SqliteStatement::bind(ByteView value) {
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    const int code =
        sqlite3_bind_blob64(statement_.get(), ++bound_, data, value.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK && bind_error_ == SQLITE_OK) bind_error_ = code;
    return *this;
}

SqliteStatement& SqliteStatement::bind_null() {
    const int code = sqlite3_bind_null(statement_.get(), ++bound_);
    if (code != SQLITE_OK && bind_error_ == SQLITE_OK) bind_error_ = code;
    return *this;
}

Expected<bool> SqliteStatement::step() {
    sqlite3* handle = sqlite3_db_handle(statement_.get());
    const int code = bind_error_ != SQLITE_OK ? bind_error_ : sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    std::optional<std::unexpected<Error>> error;
    if (code != SQLITE_DONE) error = failure(handle, code, *path_);
    sqlite3_reset(statement_.get());
    bound_ = 0;
    bind_error_ = SQLITE_OK;
    if (error) return *std::move(error);
    return false;
}

Expected<void> SqliteStatement::run() {
    const bool row = TRY(step());
    CHECK(!row);
    return {};
}

bool SqliteStatement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string_view SqliteStatement::text(int column) const {
    const auto bytes = blob(column);
    return bytes.empty()
               ? std::string_view()
               : std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

ByteView SqliteStatement::blob(int column) const {
    const void* data = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    if (data == nullptr || size <= 0) return {};
    return {static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)};
}

void Sqlite::Close::operator()(sqlite3* handle) const {
    sqlite3_close_v2(handle);
}

namespace {

/// Nobody can write a file on a disk that is mounted read-only, so SQLite need not guard it, which
/// would take files of its own beside it. Not so when changes wait in a log: those it has to read.
bool is_frozen(const std::filesystem::path& file) {
    const bool read_only = ::access(file.parent_path().c_str(), W_OK) != 0 && errno == EROFS;
    std::error_code missing;
    const auto waiting = std::filesystem::file_size(file.string() + "-wal", missing);
    return read_only && (missing || waiting == 0);
}

/// As SQLite wants the name of a file in a URI.
std::string uri_of(const std::string& path) {
    std::string uri = "file:";
    for (const char c : path) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || c == '?' || c == '#') {
            uri += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
        } else {
            uri += c;
        }
    }
    return uri + "?immutable=1";
}

}  // namespace

Expected<Sqlite> Sqlite::open_frozen(const std::filesystem::path& file) {
    Sqlite database(file.string());
    sqlite3* handle = nullptr;  // set on failure too, for the message
    const int code =
        sqlite3_open_v2(uri_of(database.path()).c_str(), &handle,
                        SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, nullptr);
    database.handle_.reset(handle);
    if (code != SQLITE_OK) return failure(handle, code, database.path());
    TRY(database.run("PRAGMA trusted_schema = OFF"));
    return database;
}

Expected<Sqlite> Sqlite::open(const std::filesystem::path& file, SqliteMode mode) {
    if (mode == SqliteMode::existing && is_frozen(file)) return open_frozen(file);
    Sqlite database(file.string());
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                      (mode == SqliteMode::create ? SQLITE_OPEN_CREATE : 0);
    sqlite3* handle = nullptr;  // set on failure too, for the message
    const int code = sqlite3_open_v2(database.path().c_str(), &handle, flags, nullptr);
    database.handle_.reset(handle);
    if (code != SQLITE_OK) return failure(handle, code, database.path());
    sqlite3_busy_timeout(handle, kBusyMilliseconds);
    TRY(database.run("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF"));
    {
        auto wal = TRY(database.prepare("PRAGMA journal_mode = WAL"));
        while (TRY(wal.step())) continue;
    }
    TRY(database.run("PRAGMA synchronous = FULL"));
    return database;
}

Expected<SqliteStatement> Sqlite::prepare(std::string_view sql) {
    CHECK(sql.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        &statement, nullptr);
    if (code != SQLITE_OK) return failure(handle_.get(), code, *path_);
    return SqliteStatement(statement, path_.get());
}

Expected<void> Sqlite::run(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(handle_.get(), code, *path_);
    return {};
}

std::int64_t Sqlite::last_insert_id() const {
    return sqlite3_last_insert_rowid(handle_.get());
}

Expected<SqliteTransaction> SqliteTransaction::write(Sqlite& database) {
    TRY(database.run("BEGIN IMMEDIATE"));
    return SqliteTransaction(database);
}

Expected<SqliteTransaction> SqliteTransaction::read(Sqlite& database) {
    TRY(database.run("BEGIN"));
    return SqliteTransaction(database);
}

Expected<void> SqliteTransaction::commit() {
    CHECK(database_ != nullptr);
    TRY(database_->run("COMMIT"));
    database_ = nullptr;
    return {};
}

SqliteTransaction::SqliteTransaction(SqliteTransaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

SqliteTransaction::~SqliteTransaction() {
    // An error here leaves nothing to undo: SQLite has rolled back by itself.
    if (database_ != nullptr) static_cast<void>(database_->run("ROLLBACK"));
}

}  // namespace wagetrail::lists
