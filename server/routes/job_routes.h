// The routes of jobs, and how a question becomes one.
#pragma once

#include "server/http/route.h"
#include "server/state/job_book.h"

#include <string>
#include <vector>

namespace wagetrail::server {

/// Stores the question and answers 202, with where its job is found.
[[nodiscard]] Result<Answer> put_off(const JobBook& book, const Call& call, std::string kind);

/// Those of /v1/jobs. none: a server that keeps nothing.
[[nodiscard]] std::vector<Route> job_routes(const JobBook* book);

}  // namespace wagetrail::server
