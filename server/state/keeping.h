// All that a server keeps between requests, open and at work: the audit log, jobs, replies, cases.
// One at a time for a home.
#pragma once

#include "server/state/cases.h"
#include "server/state/job_book.h"
#include "server/state/journal.h"
#include "server/state/replies.h"
#include "server/state/state_file.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace wagetrail::server {

struct KeepingRequest {
    std::map<std::string, JobWork> jobs;
    std::function<Time()> now;
    std::function<void(const std::string&)> notice;
};

/// They end in the other order: first what runs.
struct Keeping {
    /// invalid: another server keeps this home.
    [[nodiscard]] static Expected<std::unique_ptr<Keeping>> open(const std::string& home,
                                                                 KeepingRequest request);

    struct Files {
        StateLock lock;
        lists::Sqlite jobs;
        lists::Sqlite replies;
        lists::Sqlite cases;
        lists::Sqlite audit;
    };
    Keeping(Files files, KeepingRequest request);

    StateLock lock;
    JobStore jobs;
    ReplyStore replies;
    CaseStore cases;
    Journal journal;
    JobRunner runner;
    JobBook book;
};

}  // namespace wagetrail::server
