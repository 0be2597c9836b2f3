#include "server/state/job_runner.h"

#include "server/http/guarded.h"
#include "server/yielding.h"

#include <chrono>

namespace wagetrail::server {
namespace {

constexpr std::chrono::seconds kLookAgain{5};
constexpr std::chrono::seconds kProgressTime{1};
constexpr std::int64_t kKeptSeconds = 7 * 24 * 3600;

}  // namespace

JobRunner::JobRunner(JobStore& store,
                     std::map<std::string, JobWork> kinds,
                     std::function<Time()> now)
    : store_(store),
      kinds_(std::move(kinds)),
      now_(std::move(now)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

JobRunner::~JobRunner() {
    thread_.request_stop();
    const std::scoped_lock lock(mutex_);
    own_stop_.request_stop();
}

void JobRunner::added() {
    const std::scoped_lock lock(mutex_);
    woken_ = true;
    ready_.notify_one();
}

void JobRunner::cancelled(const std::string& id) {
    const std::scoped_lock lock(mutex_);
    if (running_ == id) own_stop_.request_stop();
}

/// Errors of the store are left alone: the job stays as it is stored, and is looked at again.
void JobRunner::run(const std::stop_token& stop) {
    yield_to_answers(Patience::somebody_waits);
    (void)store_.requeue();
    while (!stop.stop_requested()) {
        (void)store_.prune(Time{now_().seconds - kKeptSeconds});
        const auto job = store_.take_next(now_());
        if (job && *job) {
            work_on(**job, stop);
            continue;
        }
        std::unique_lock lock(mutex_);
        ready_.wait_for(lock, stop, kLookAgain, [&] { return woken_; });
        woken_ = false;
    }
}

void JobRunner::work_on(const Job& job, const std::stop_token& stop) {
    std::stop_token own;
    {
        const std::scoped_lock lock(mutex_);
        running_ = job.id;
        own_stop_ = std::stop_source();
        own = own_stop_.get_token();
        if (stop.stop_requested()) own_stop_.request_stop();
    }
    auto told = std::chrono::steady_clock::now();
    const auto progress = [&](std::uint64_t transactions) {
        const auto now = std::chrono::steady_clock::now();
        if (now - told < kProgressTime) return;
        told = now;
        (void)store_.progress(job.id, transactions);
    };
    const auto answer = guarded([&]() -> Result<std::string> {
        const auto kind = kinds_.find(job.request.kind);
        if (kind == kinds_.end())
            return refuse(ProblemCode::internal, "there is no such kind of job");
        return kind->second(job.request.body, progress, own);
    });
    {
        const std::scoped_lock lock(mutex_);
        running_.clear();
    }
    // Stopped with the server: it waits for the next one. Cancelled: the store knows already.
    if (stop.stop_requested() && !answer)
        (void)store_.requeue();
    else
        (void)store_.finish(job.id, answer, now_());
}

}  // namespace wagetrail::server
