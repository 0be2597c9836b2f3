// $home/server.sqlite: what the server itself keeps (keys, the audit log, jobs, remembered
// replies), apart from what is indexed, so that deleting it loses no evidence of the chain. WAL
// mode, every commit reaches the disk: a killed server loses nothing that it had acknowledged.
#pragma once

#include "chain/base/expected.h"

#include "index/lists/sqlite.h"

#include <optional>
#include <string>

namespace wagetrail::server {

[[nodiscard]] std::string state_path(const std::string& home);

/// not_found, with the commands that make one: a mistyped home must not become an empty one.
[[nodiscard]] Expected<void> check_home(const std::string& home);

/// Made when it is not there, the folder too. invalid: of another format number; corrupt: no such
/// file of ours. Each user opens it for itself, as a connection is of one thread at a time.
[[nodiscard]] Expected<lists::Sqlite> open_state(const std::string& home);
/// As it is, for who only reads.
[[nodiscard]] Expected<lists::Sqlite> read_state(const std::string& home);
[[nodiscard]] bool has_state(const std::string& home);
/// For who looks after it from outside. nullopt: no server ran here and no key was ever made.
/// not_found: as check_home, since a home that is none must not be taken for one without keys, nor
/// become one by being asked about.
[[nodiscard]] Expected<std::optional<lists::Sqlite>> state_at_hand(const std::string& home);

/// Held by the one server that writes the state of a home: two would run each job twice.
class StateLock {
  public:
    /// invalid: another server holds it.
    [[nodiscard]] static Expected<StateLock> take(const std::string& home);
    StateLock(StateLock&& other) noexcept;
    StateLock& operator=(StateLock&&) = delete;
    StateLock(const StateLock&) = delete;
    StateLock& operator=(const StateLock&) = delete;
    ~StateLock();

  private:
    explicit StateLock(int handle) : handle_(handle) {}
    int handle_;
};

}  // namespace wagetrail::server
