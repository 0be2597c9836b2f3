// One connection to a SQLite file, its statements and transactions, without sqlite3.h: results are
// Expected, nothing leaks on the way out, and a transaction that is not committed never happened.
#pragma once

#include "chain/base/bytes.h"
#include "chain/base/expected.h"
#include "chain/base/id.h"
#include "chain/base/time.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace wagetrail::lists {

/// Parameters are bound in the order of the calls, columns are read by position from 0. Views of a
/// column end with the next step().
class SqliteStatement {
  public:
    SqliteStatement& bind(std::int64_t value);
    SqliteStatement& bind(std::string_view value);
    SqliteStatement& bind(ByteView value);
    SqliteStatement& bind(Time value) { return bind(value.seconds); }
    SqliteStatement& bind_null();
    SqliteStatement& bind(const std::optional<Time>& value) {
        return value ? bind(*value) : bind_null();
    }
    template <class Tag>
    SqliteStatement& bind(const Id<Tag, std::int64_t>& id) {
        return bind(id.value);  // raw: at rest an id is its number
    }

    /// True: there is a row to read. False: done, ready to be bound anew.
    [[nodiscard]] Expected<bool> step();
    /// For statements without rows.
    [[nodiscard]] Expected<void> run();

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] ByteView blob(int column) const;
    [[nodiscard]] Time time(int column) const { return Time{integer(column)}; }
    [[nodiscard]] std::optional<Time> time_if(int column) const {
        return is_null(column) ? std::nullopt : std::optional(time(column));
    }

  private:
    friend class Sqlite;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    SqliteStatement(sqlite3_stmt* statement, const std::string* path)
        : statement_(statement), path_(path) {}

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    const std::string* path_;  // of the connection, which outlives its statements
    int bound_ = 0;
    int bind_error_ = 0;  // the first one, told by the next step()
};

enum class SqliteMode : std::uint8_t { existing, create };

class Sqlite {
  public:
    /// WAL, foreign keys on, waits up to ten seconds for another writer. An existing file on a disk
    /// that is mounted read-only can be read.
    static Expected<Sqlite> open(const std::filesystem::path& file, SqliteMode mode);

    [[nodiscard]] Expected<SqliteStatement> prepare(std::string_view sql);
    /// Any number of statements without parameters and rows.
    [[nodiscard]] Expected<void> run(const char* sql);
    [[nodiscard]] std::int64_t last_insert_id() const;
    [[nodiscard]] const std::string& path() const { return *path_; }

  private:
    static Expected<Sqlite> open_frozen(const std::filesystem::path& file);
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    explicit Sqlite(std::string path) : path_(std::make_unique<std::string>(std::move(path))) {}

    std::unique_ptr<std::string> path_;  // its own allocation: statements refer to it
    std::unique_ptr<sqlite3, Close> handle_;
};

/// A writer (immediate: waits for others first, so it never fails half-way for their sake) or a
/// reader (everything it reads is of one moment). Rolled back unless committed.
class SqliteTransaction {
  public:
    static Expected<SqliteTransaction> write(Sqlite& database);
    static Expected<SqliteTransaction> read(Sqlite& database);
    [[nodiscard]] Expected<void> commit();

    SqliteTransaction(SqliteTransaction&& other) noexcept;
    SqliteTransaction& operator=(SqliteTransaction&&) = delete;
    SqliteTransaction(const SqliteTransaction&) = delete;
    SqliteTransaction& operator=(const SqliteTransaction&) = delete;
    ~SqliteTransaction();

  private:
    explicit SqliteTransaction(Sqlite& database) : database_(&database) {}

    Sqlite* database_;  // none once committed or moved from
};

}  // namespace wagetrail::lists
