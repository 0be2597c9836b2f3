// The routes that answer questions, each a call of heuristics/question. The service outlives them.
#pragma once

#include "server/http/route.h"
#include "server/service.h"
#include "server/state/job_runner.h"
#include "server/state/replies.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace wagetrail::server {

struct JobBook;

/// What the server keeps between requests; a read-only one keeps nothing.
struct Kept {
    const JobBook* jobs = nullptr;
    ReplyStore* replies = nullptr;
    /// What a walk may take apart while its client waits, summed over its policies; what is larger
    /// becomes a job.
    std::uint64_t transactions_at_once = 20'000;
};

/// All of them. What is kept outlives them too.
[[nodiscard]] std::vector<Route> api_routes(Service& service, const Kept& kept, const Now& now);
/// The work of jobs that the routes put off.
[[nodiscard]] std::map<std::string, JobWork> trace_jobs(Service& service);

[[nodiscard]] std::vector<Route> chain_routes(Service& service);
[[nodiscard]] std::vector<Route> entity_routes(Service& service);
[[nodiscard]] std::vector<Route> exposure_routes(Service& service);
[[nodiscard]] std::vector<Route> list_routes(Service& service, const Now& now);
[[nodiscard]] std::vector<Route> trace_routes(Service& service, const Kept& kept);

}  // namespace wagetrail::server
