// The routes that answer questions, each a call of heuristics/question. The service outlives them.
#pragma once

#include "server/follow_state.h"
#include "server/http/route.h"
#include "server/service.h"
#include "server/state/job_runner.h"
#include "server/state/replies.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace wagetrail::server {

class CaseStore;
struct JobBook;

struct RouteOptions {
    const JobBook* jobs = nullptr;  // nullptr, as the next two: a read-only server keeps nothing
    ReplyStore* replies = nullptr;
    CaseStore* cases = nullptr;
    /// What a walk may take apart while its client waits, summed over its policies; what is larger
    /// becomes a job.
    std::uint64_t transactions_at_once = 20'000;
    /// Older lists do not clear an address where no verdict can say so.
    std::int64_t list_max_age_seconds = lists::kDefaultMaxAgeSeconds;
    bool test_subjects = false;
    /// Why nothing would be answered just now, or soon, for /readyz.
    std::function<std::optional<Problem>()> trouble = [] { return std::nullopt; };
    /// How it stands with the ledgers that are followed, for /v1/status.
    std::function<std::vector<FollowState>()> follows = [] { return std::vector<FollowState>(); };
};

/// All of them. What the options point to outlives them too.
[[nodiscard]] std::vector<Route> api_routes(Service& service,
                                            const RouteOptions& options,
                                            const Now& now);
/// The work of jobs that the routes put off.
[[nodiscard]] std::map<std::string, JobWork> trace_jobs(Service& service);

[[nodiscard]] std::vector<Route> case_routes(CaseStore* store, const Now& now);
[[nodiscard]] std::vector<Route> chain_routes(Service& service);
[[nodiscard]] std::vector<Route> entity_routes(Service& service);
[[nodiscard]] std::vector<Route> graphsense_routes(Service& service, const Now& now);
[[nodiscard]] std::vector<Route> exposure_routes(Service& service,
                                                 const RouteOptions& options,
                                                 const Now& now);
[[nodiscard]] std::vector<Route> list_routes(Service& service,
                                             const RouteOptions& options,
                                             const Now& now);
[[nodiscard]] std::vector<Route> web_routes();
[[nodiscard]] std::vector<Route> trace_routes(Service& service,
                                              const RouteOptions& options,
                                              const Now& now);
[[nodiscard]] std::vector<Route> sanctions_routes(Service& service,
                                                  const RouteOptions& options,
                                                  const Now& now);

}  // namespace wagetrail::server
