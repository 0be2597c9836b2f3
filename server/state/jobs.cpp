#include "server/state/jobs.h"

#include "chain/base/secret.h"

namespace wagetrail::server {
namespace {

constexpr std::size_t kIdBytes = 16;
constexpr std::int64_t kWaitingMax = 1'000;
constexpr std::int64_t kWaitingOfCaller = 100;  // so that nobody takes all of them
constexpr std::int64_t kWaitingBytesOfCaller = std::int64_t{64} << 20U;  // of their bodies
constexpr std::int64_t kEndedOfCaller = 1'000;
constexpr std::int64_t kEndedBytesOfCaller = std::int64_t{256} << 20U;  // of their answers

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

std::int64_t size_of(const std::string& text) {
    return static_cast<std::int64_t>(text.size());
}

std::unexpected<Problem> no_such_job(const std::string& id) {
    return refuse(ProblemCode::not_found, "there is no job " + id,
                  "jobs are kept for a week after their end, and only their key sees them");
}

Problem too_large() {
    return {ProblemCode::limit_met, "the answer is larger than 256 MiB",
            "ask for less, or lower the limits of work in the question"};
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

Result<void> JobStore::check_room(const JobRequest& request) {
    const std::chrono::seconds later(30);
    auto all = TRY(state_.prepare("SELECT count(*) FROM jobs WHERE state = 0"));
    (void)TRY(all.step());
    if (all.integer(0) >= kWaitingMax)
        return std::unexpected(overloaded("too many jobs wait already", later));
    auto own = TRY(state_.prepare(
        "SELECT count(*), coalesce(sum(bytes), 0) FROM jobs WHERE caller = ? AND state = 0"));
    (void)TRY(own.bind(request.caller).step());
    if (own.integer(0) >= kWaitingOfCaller ||
        own.integer(1) + size_of(request.body) > kWaitingBytesOfCaller)
        return std::unexpected(
            overloaded("as many jobs of this caller wait as may: 100, or questions of 64 MiB; "
                       "cancel some of them, or ask again when they are done",
                       later));
    return {};
}

/// The newest that have ended stay; what nobody fetched among so many goes.
Expected<void> JobStore::let_go(const std::string& caller) {
    auto old = TRY(state_.prepare(
        "DELETE FROM jobs WHERE rowid IN (SELECT rowid FROM (SELECT rowid, row_number() OVER "
        "newest AS number, sum(bytes) OVER newest AS bytes FROM jobs WHERE caller = ? AND state "
        ">= 2 WINDOW newest AS (ORDER BY ended DESC, rowid DESC)) WHERE number > ? OR bytes > ?)"));
    return old.bind(caller).bind(kEndedOfCaller).bind(kEndedBytesOfCaller).run();
}

Result<Job> JobStore::add(JobRequest request, Time now) {
    const std::scoped_lock lock(mutex_);
    auto transaction = TRY(lists::SqliteTransaction::write(state_));
    TRY(check_room(request));
    TRY(let_go(request.caller));
    Job job{.id = TRY(random_text(kIdBytes)), .request = std::move(request), .created = now};
    auto insert = TRY(state_.prepare(
        "INSERT INTO jobs (id, caller, kind, body, state, created, bytes) VALUES (?, ?, ?, ?, 0, "
        "?, ?)"));
    TRY(insert.bind(job.id)
            .bind(job.request.caller)
            .bind(job.request.kind)
            .bind(job.request.body)
            .bind(now)
            .bind(size_of(job.request.body))
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
            TRY(state_.prepare("UPDATE jobs SET state = 4, ended = ?, body = '', bytes = 0 WHERE "
                               "id = ? AND state < 2"));
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
    const bool is_kept = answer && size_of(*answer) <= kEndedBytesOfCaller;
    const std::scoped_lock lock(mutex_);
    auto transaction = TRY(lists::SqliteTransaction::write(state_));
    std::string caller;
    {
        auto update = TRY(state_.prepare(
            "UPDATE jobs SET state = ?, ended = ?, answer = ?, bytes = ?, problem = ?, body = '' "
            "WHERE id = ? AND state = 1 RETURNING caller"));
        update.bind(number_of(is_kept ? JobState::done : JobState::failed)).bind(now);
        if (is_kept)
            update.bind(std::string_view(*answer)).bind(size_of(*answer)).bind_null();
        else
            update.bind_null()
                .bind(std::int64_t{0})
                .bind(problem_json(answer ? too_large() : answer.error(), id));
        if (!TRY(update.bind(id).step())) return {};  // cancelled meanwhile
        caller = update.text(0);
    }
    TRY(let_go(caller));
    return transaction.commit();
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
