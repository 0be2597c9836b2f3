// Runs the jobs that wait, one after the other on a thread of its own, beside the pool that answers
// requests: a long question must not keep short ones waiting.
#pragma once

#include "server/state/jobs.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace wagetrail::server {

/// Answers one kind of job.
using JobWork = std::function<Result<std::string>(
    const std::string& body,
    const std::function<void(std::uint64_t transactions)>& progress,
    const std::stop_token& stop)>;

class JobRunner {
  public:
    /// kinds: by JobRequest::kind. The store outlives it.
    JobRunner(JobStore& store, std::map<std::string, JobWork> kinds, std::function<Time()> now);
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;
    JobRunner(JobRunner&&) = delete;
    JobRunner& operator=(JobRunner&&) = delete;
    /// What runs is stopped and waits again, for the next server.
    ~JobRunner();

    /// Any thread: something was added, or one was cancelled.
    void added();
    void cancelled(const std::string& id);

  private:
    void run(const std::stop_token& stop);
    void work_on(const Job& job, const std::stop_token& stop);

    JobStore& store_;
    std::map<std::string, JobWork> kinds_;
    std::function<Time()> now_;
    std::mutex mutex_;
    std::condition_variable_any ready_;
    std::string running_;        // id
    std::stop_source own_stop_;  // of what runs
    bool woken_ = false;
    std::jthread thread_;  // last: it uses the rest
};

}  // namespace wagetrail::server
