#include "server/state/state_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace wagetrail::server {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kFormat = 3;

constexpr const char* kSchema = R"sql(
CREATE TABLE keys (
    name       TEXT PRIMARY KEY,      -- never given twice, so that the audit log stays readable
    sha256     BLOB NOT NULL UNIQUE,  -- of the key; the key itself is nowhere
    scopes     TEXT NOT NULL,         -- names, with commas
    per_second INTEGER NOT NULL,      -- 0: no limit
    created    INTEGER NOT NULL,
    revoked    INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
    number   INTEGER PRIMARY KEY,     -- of the batch, from 1 without gaps
    at       INTEGER NOT NULL,
    lines    BLOB NOT NULL,           -- JSON, one request each
    entries  INTEGER NOT NULL,
    previous BLOB NOT NULL,           -- sha256 of the batch before; zeros for the first
    sha256   BLOB NOT NULL            -- of previous, then lines
) STRICT;
CREATE TABLE jobs (
    id           TEXT PRIMARY KEY,
    caller       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    body         TEXT NOT NULL,
    state        INTEGER NOT NULL,
    created      INTEGER NOT NULL,
    started      INTEGER,
    ended        INTEGER,
    transactions INTEGER NOT NULL DEFAULT 0,
    answer       TEXT,
    problem      TEXT
) STRICT;
CREATE INDEX jobs_by_state ON jobs (state, created, id);
CREATE TABLE replies (
    caller   TEXT NOT NULL,
    key      TEXT NOT NULL,
    request  TEXT NOT NULL,           -- sha256 of method, path and body
    at       INTEGER NOT NULL,
    status   INTEGER NOT NULL,        -- 0: being answered
    location TEXT NOT NULL DEFAULT '',
    body     TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (caller, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX replies_by_age ON replies (at);
)sql";

/// What format 2 has beside format 1.
constexpr const char* kCases = R"sql(
CREATE TABLE cases (
    id       TEXT PRIMARY KEY,
    caller   TEXT NOT NULL,
    title    TEXT NOT NULL,
    content  TEXT NOT NULL,           -- JSON; what it means is its reader's business
    revision INTEGER NOT NULL,        -- from 1, one more with each change
    created  INTEGER NOT NULL,
    changed  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_by_change ON cases (caller, changed, id);
PRAGMA user_version = 2;
)sql";

/// What format 3 has beside format 2: how much is kept of whom, in indexes, as length() would read
/// every answer. A job that has ended needs its question no more.
constexpr const char* kSizes = R"sql(
ALTER TABLE replies ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;  -- of body, or held for it
UPDATE replies SET bytes = length(CAST(body AS BLOB));
CREATE INDEX replies_by_caller ON replies (caller, bytes);
ALTER TABLE jobs ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;     -- of answer; until then of body
UPDATE jobs SET body = '' WHERE state >= 2;
UPDATE jobs SET bytes = length(CAST(coalesce(answer, body) AS BLOB));
CREATE INDEX jobs_by_caller ON jobs (caller, state, ended, bytes);
ALTER TABLE cases ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;    -- of content
UPDATE cases SET bytes = length(CAST(content AS BLOB));
CREATE INDEX cases_by_caller ON cases (caller, bytes);
PRAGMA user_version = 3;
)sql";

Expected<std::int64_t> integer_of(lists::Sqlite& database, const char* sql) {
    auto statement = TRY(database.prepare(sql));
    if (!TRY(statement.step())) return 0;
    return statement.integer(0);
}

/// Two that open it at once: one makes the tables, the other finds them.
Expected<void> prepare_tables(lists::Sqlite& database) {
    auto transaction = TRY(lists::SqliteTransaction::write(database));
    const std::int64_t format = TRY(integer_of(database, "PRAGMA user_version"));
    if (format == kFormat) return {};
    const bool is_known = format == 1 || format == 2;
    if (!is_known &&
        (format != 0 || TRY(integer_of(database, "SELECT count(*) FROM sqlite_master")) != 0))
        return fail(ErrorCode::invalid,
                    database.path() + " has format " + std::to_string(format) +
                        ", this program reads formats up to " + std::to_string(kFormat) +
                        "; use the program that wrote it, or move the file away");
    if (format < 1) TRY(database.run(kSchema));
    if (format < 2) TRY(database.run(kCases));
    TRY(database.run(kSizes));
    return transaction.commit();
}

}  // namespace

std::string state_path(const std::string& home) {
    return home + "/server.sqlite";
}

Expected<void> check_home(const std::string& home) {
    std::error_code ignored;
    if (fs::is_directory(home, ignored)) return {};
    return fail(ErrorCode::not_found,
                "there is no data directory " + home +
                    "; make it with wagetrail sync or wagetrail lists import, or name another "
                    "with --home");
}

bool has_state(const std::string& home) {
    std::error_code ignored;
    return fs::exists(state_path(home), ignored);
}

Expected<lists::Sqlite> open_state(const std::string& home) {
    std::error_code error;
    fs::create_directories(home, error);
    if (error) return fail(ErrorCode::io, "cannot make " + home + ": " + error.message());
    auto database = TRY(lists::Sqlite::open(state_path(home), lists::SqliteMode::create));
    // It says who asked about whom. Nothing to do where the file is another user's.
    fs::permissions(state_path(home), fs::perms::owner_read | fs::perms::owner_write, error);
    TRY(prepare_tables(database));
    return database;
}

Expected<std::optional<lists::Sqlite>> state_at_hand(const std::string& home) {
    TRY(check_home(home));
    if (!has_state(home)) return std::optional<lists::Sqlite>();
    return std::optional(TRY(open_state(home)));
}

Expected<lists::Sqlite> read_state(const std::string& home) {
    return lists::Sqlite::open(state_path(home), lists::SqliteMode::existing);
}

Expected<StateLock> StateLock::take(const std::string& home) {
    std::error_code ignored;
    fs::create_directories(home, ignored);
    const std::string path = home + "/server.lock";
    const int handle = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (handle < 0) return fail(ErrorCode::io, path + ": " + std::strerror(errno));
    StateLock lock(handle);
    if (::flock(handle, LOCK_EX | LOCK_NB) != 0)
        return fail(ErrorCode::invalid, "another server already serves " + home +
                                            "; stop it, or serve --read-only beside it");
    return lock;
}

StateLock::StateLock(StateLock&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}

StateLock::~StateLock() {
    if (handle_ >= 0) ::close(handle_);
}

}  // namespace wagetrail::server
