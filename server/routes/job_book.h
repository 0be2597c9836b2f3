// Where the routes put questions that are too large for one request.
#pragma once

#include "server/http/route.h"
#include "server/routes/routes.h"
#include "server/state/job_runner.h"

#include <map>
#include <string>

namespace wagetrail::server {

struct JobBook {
    JobStore& store;
    JobRunner& runner;
    Now now;
};

/// Stores the question and answers 202, with where its job is found.
[[nodiscard]] Result<Answer> put_off(const JobBook& book, const Call& call, std::string kind);

/// What GET /v1/jobs/{id} says, one line with its end.
[[nodiscard]] std::string job_json(const Job& job);

/// Those of /v1/jobs. none: a server that keeps nothing.
[[nodiscard]] std::vector<Route> job_routes(const JobBook* book);

}  // namespace wagetrail::server
