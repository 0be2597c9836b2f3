#include "server/state/jobs.h"

#include "chain/base/secret.h"

namespace wagetrail::server {
namespace {

constexpr std::size_t kIdBytes = 16;
constexpr std::int64_t kWaitingMax = 1'000;
constexpr std::int64_t kWaitingOfCaller = 100;  // so that nobody takes all of them
constexpr std::int64_t kEndedOfCaller = 1'000;

constexpr const char* kColumns =
    "SELECT id, caller, kind, body, state, created, started, ended, transactions, "
    "coalesce(problem, '') FROM jobs ";

std::int64_t number_of(JobState state) {
    return static_cast<std::int64_t>(state);
}

Job job_of(const lists::SqliteStatement& row) {
    return {.id = std::string(row.text(0)),
            .request = {.caller = std::string(row.text(1)),
                        .kind = std::string(row.text(2)),
                        .body = std::string(row.text(3))},
            .state = static_cast<JobState>(row.integer(4)),
            .created = row.time(5),
            .started = row.time_if(6),
            .ended = row.time_if(7),
            .transactions = static_cast<std::uint64_t>(row.integer(8)),
            .problem = std::string(row.text(9))};
}

std::unexpected<Problem> no_such_job(const std::string& id) {
    return refuse(ProblemCode::not_found, "there is no job " + id,
                  "jobs are kept for a week after their end, and only their key sees them");
}

}  // namespace

std::string_view name_of(JobState state) {
    switch (state) {
        case JobState::queued:
            return "queued";
        case JobState::running:
            return "running";
        case JobState::done:
            return "done";
        case JobState::failed:
            return "failed";
        case JobState::cancelled:
            return "cancelled";
    }
    return {};
}

bool has_ended(JobState state) {
    return state != JobState::queued && state != JobState::running;
}

Result<Job> JobStore::add(JobRequest request, Time now) {
    const std::scoped_lock lock(mutex_);
    auto transaction = TRY(lists::SqliteTransaction::write(state_));
    auto waiting = TRY(
        state_.prepare("SELECT count(*), coalesce(sum(caller = ?), 0) FROM jobs WHERE state = 0"));
    (void)TRY(waiting.bind(request.caller).step());
    if (waiting.integer(0) >= kWaitingMax)
        return std::unexpected(overloaded("too many jobs wait already", std::chrono::seconds(30)));
    if (waiting.integer(1) >= kWaitingOfCaller)
        return std::unexpected(
            overloaded("100 jobs of this caller wait already; cancel some of "
                       "them, or ask again when they are done",
                       std::chrono::seconds(30)));
    Job job{.id = TRY(random_text(kIdBytes)), .request = std::move(request), .created = now};
    auto insert = TRY(state_.prepare(
        "INSERT INTO jobs (id, caller, kind, body, state, created) VALUES (?, ?, ?, ?, 0, ?)"));
    // The newest of a caller that have ended stay; what nobody fetched among a thousand is let go.
    auto old =
        TRY(state_.prepare("DELETE FROM jobs WHERE caller = ?1 AND state >= 2 AND id NOT IN "
                           "(SELECT id FROM jobs WHERE "
                           "caller = ?1 AND state >= 2 ORDER BY ended DESC, id LIMIT ?2)"));
    TRY(old.bind(job.request.caller).bind(kEndedOfCaller).run());
    TRY(insert.bind(job.id)
            .bind(job.request.caller)
            .bind(job.request.kind)
            .bind(job.request.body)
            .bind(now)
            .run());
    TRY(transaction.commit());
    return job;
}

Expected<std::optional<Job>> JobStore::row(const std::string& id) {
    auto rows = TRY(state_.prepare(std::string(kColumns) + "WHERE id = ?"));
    if (!TRY(rows.bind(id).step())) return std::optional<Job>();
    return std::optional(job_of(rows));
}

Result<Job> JobStore::find(const std::string& id, const std::string& caller) {
    const std::scoped_lock lock(mutex_);
    auto job = TRY(row(id));
    if (!job || job->request.caller != caller) return no_such_job(id);
    return *std::move(job);
}

Result<std::string> JobStore::answer(const std::string& id, const std::string& caller) {
    const Job job = TRY(find(id, caller));
    if (job.state != JobState::done)
        return refuse(ProblemCode::conflict, "the job is " + std::string(name_of(job.state)),
                      "GET /v1/jobs/" + id + " says how it stands");
    const std::scoped_lock lock(mutex_);
    auto rows = TRY(state_.prepare("SELECT answer FROM jobs WHERE id = ?"));
    if (!TRY(rows.bind(id).step())) return no_such_job(id);
    return std::string(rows.text(0));
}

Result<Job> JobStore::cancel(const std::string& id, const std::string& caller, Time now) {
    (void)TRY(find(id, caller));
    {
        const std::scoped_lock lock(mutex_);
        auto update =
            TRY(state_.prepare("UPDATE jobs SET state = 4, ended = ? WHERE id = ? AND state < 2"));
        TRY(update.bind(now).bind(id).run());
    }
    return find(id, caller);
}

Expected<std::optional<Job>> JobStore::take_next(Time now) {
    const std::scoped_lock lock(mutex_);
    auto transaction = TRY(lists::SqliteTransaction::write(state_));
    std::optional<Job> job;
    {
        auto rows = TRY(state_.prepare(std::string(kColumns) +
                                       "WHERE state = 0 ORDER BY created, rowid LIMIT 1"));
        if (TRY(rows.step())) job = job_of(rows);
    }
    if (!job) return job;
    job->state = JobState::running;
    job->started = now;
    auto update = TRY(
        state_.prepare("UPDATE jobs SET state = 1, started = ?, transactions = 0 WHERE id = ?"));
    TRY(update.bind(now).bind(job->id).run());
    TRY(transaction.commit());
    return job;
}

Expected<void> JobStore::progress(const std::string& id, std::uint64_t transactions) {
    const std::scoped_lock lock(mutex_);
    auto update = TRY(state_.prepare("UPDATE jobs SET transactions = ? WHERE id = ?"));
    return update.bind(static_cast<std::int64_t>(transactions)).bind(id).run();
}

Expected<void> JobStore::finish(const std::string& id,
                                const Result<std::string>& answer,
                                Time now) {
    const std::scoped_lock lock(mutex_);
    auto update =
        TRY(state_.prepare("UPDATE jobs SET state = ?, ended = ?, answer = ?, problem = "
                           "? WHERE id = ? AND state = 1"));
    update.bind(number_of(answer ? JobState::done : JobState::failed)).bind(now);
    if (answer)
        update.bind(std::string_view(*answer)).bind_null();
    else
        update.bind_null().bind(problem_json(answer.error(), id));
    return update.bind(id).run();
}

Expected<void> JobStore::requeue() {
    const std::scoped_lock lock(mutex_);
    return state_.run("UPDATE jobs SET state = 0, started = NULL WHERE state = 1");
}

Expected<void> JobStore::prune(Time before) {
    const std::scoped_lock lock(mutex_);
    auto remove = TRY(state_.prepare("DELETE FROM jobs WHERE state >= 2 AND ended < ?"));
    return remove.bind(before).run();
}

}  // namespace wagetrail::server
