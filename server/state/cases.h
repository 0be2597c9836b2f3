// Investigations as an analyst left them: what was on the screen, notes, bookmarks. The content is
// JSON whose meaning is the explorer's; here it is kept whole. Each caller has cases of their own.
#pragma once

#include "chain/base/time.h"

#include "index/lists/sqlite.h"

#include "server/http/problem.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace wagetrail::server {

struct CaseText {
    std::string title;    // 1 to 200 bytes
    std::string content;  // a JSON object
};

struct Case {
    std::string id;  // 32 hexadecimal digits that nobody can guess
    CaseText text;   // in a list without the content
    std::uint64_t revision = 1;
    Time created;
    Time changed;
};

/// Any thread.
class CaseStore {
  public:
    explicit CaseStore(lists::Sqlite state) : state_(std::move(state)) {}

    /// limit_met: the caller has too many, or too much in them.
    [[nodiscard]] Result<Case> add(const std::string& caller, CaseText text, Time now);
    /// The ones changed last first.
    [[nodiscard]] Result<std::vector<Case>> all(const std::string& caller);
    /// not_found: no such case, or another caller's.
    [[nodiscard]] Result<Case> find(const std::string& caller, const std::string& id);
    /// conflict: the case has another revision than the one that was changed. limit_met: as add.
    [[nodiscard]] Result<Case> change(const std::string& caller, const Case& changed, Time now);
    /// The case as it was.
    [[nodiscard]] Result<Case> remove(const std::string& caller, const std::string& id);

  private:
    struct Kept {
        std::int64_t cases = 0;
        std::int64_t bytes = 0;
    };
    [[nodiscard]] Expected<Kept> kept_of(const std::string& caller);
    [[nodiscard]] Result<Case> row(const std::string& caller, const std::string& id);

    std::mutex mutex_;
    lists::Sqlite state_;
};

}  // namespace wagetrail::server
