// Where questions go that are too large for one request, and who runs them.
#pragma once

#include "server/state/job_runner.h"

#include <functional>

namespace wagetrail::server {

struct JobBook {
    JobStore& store;
    JobRunner& runner;
    std::function<Time()> now;
};

}  // namespace wagetrail::server
