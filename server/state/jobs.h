// Questions that are too large for one request. A job is stored before its client hears of it and
// outlives the server: what ran when it was killed runs again from the start at the next one.
#pragma once

#include "chain/base/time.h"

#include "index/lists/sqlite.h"

#include "server/http/problem.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace wagetrail::server {

/// Numbers are stored: never renumber.
enum class JobState : std::uint8_t { queued = 0, running = 1, done = 2, failed = 3, cancelled = 4 };
[[nodiscard]] std::string_view name_of(JobState state);  // "queued"
[[nodiscard]] bool has_ended(JobState state);

struct JobRequest {
    std::string caller;  // whose key; only that one sees it
    std::string kind;    // which question
    std::string body;    // of the request, as it came; empty once the job has ended
};

struct Job {
    std::string id;  // 32 hexadecimal digits that nobody can guess
    JobRequest request;
    JobState state = JobState::queued;
    Time created;
    std::optional<Time> started;
    std::optional<Time> ended;
    std::uint64_t transactions = 0;  // taken apart so far
    std::string problem;             // of a failed one: JSON of the refusal
};

/// Any thread.
class JobStore {
  public:
    explicit JobStore(lists::Sqlite state) : state_(std::move(state)) {}

    /// overloaded: too many wait already, of all callers or of this one.
    [[nodiscard]] Result<Job> add(JobRequest request, Time now);
    /// not_found: no such job, or another caller's.
    [[nodiscard]] Result<Job> find(const std::string& id, const std::string& caller);
    /// Its answer's bytes; conflict: it is not done.
    [[nodiscard]] Result<std::string> answer(const std::string& id, const std::string& caller);
    /// Of one that has ended: nothing changes.
    [[nodiscard]] Result<Job> cancel(const std::string& id, const std::string& caller, Time now);

    /// For who runs them: the oldest that waits, running from now on; none: nothing waits.
    [[nodiscard]] Expected<std::optional<Job>> take_next(Time now);
    [[nodiscard]] Expected<void> progress(const std::string& id, std::uint64_t transactions);
    /// Nothing changes when it was cancelled meanwhile. Older ones of the caller go when their
    /// answers come to more than may be kept; an answer beyond that alone is a failure.
    [[nodiscard]] Expected<void> finish(const std::string& id,
                                        const Result<std::string>& answer,
                                        Time now);
    /// Those that run wait again: whoever ran them is gone.
    [[nodiscard]] Expected<void> requeue();
    /// Forgets those that ended before then.
    [[nodiscard]] Expected<void> prune(Time before);

  private:
    [[nodiscard]] Expected<std::optional<Job>> row(const std::string& id);
    [[nodiscard]] Result<void> check_room(const JobRequest& request);
    [[nodiscard]] Expected<void> let_go(const std::string& caller);

    std::mutex mutex_;
    lists::Sqlite state_;
};

}  // namespace wagetrail::server
