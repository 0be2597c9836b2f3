// The routes that answer questions, each a call of heuristics/question. The service outlives them.
#pragma once

#include "server/http/route.h"
#include "server/service.h"

#include <functional>
#include <vector>

namespace wagetrail::server {

using Now = std::function<Time()>;  // for what depends on the clock: how far behind an index is

/// All of them.
[[nodiscard]] std::vector<Route> api_routes(Service& service, const Now& now);

[[nodiscard]] std::vector<Route> chain_routes(Service& service);
[[nodiscard]] std::vector<Route> entity_routes(Service& service);
[[nodiscard]] std::vector<Route> exposure_routes(Service& service);
[[nodiscard]] std::vector<Route> list_routes(Service& service, const Now& now);
[[nodiscard]] std::vector<Route> trace_routes(Service& service);

}  // namespace wagetrail::server
