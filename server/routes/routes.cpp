#include "server/routes/routes.h"

#include "server/routes/idempotent.h"
#include "server/routes/job_routes.h"
#include "server/routes/pins_of.h"

#include <algorithm>

namespace wagetrail::server {
namespace {

/// A question about a moment of its parameters; those of bodies are seen where bodies are read.
Route dated(Route route, Now now) {
    const auto is_moment = [](const Parameter& each) {
        return each.name == "as_of" || each.name == "known_at";
    };
    if (std::ranges::none_of(route.parameters, is_moment)) return route;
    route.handle = [handle = std::move(route.handle), now = std::move(now)](
                       const Call& call, const std::stop_token& stop) -> Result<Answer> {
        TRY(question::check_moments(pins_of(call), now()));
        return handle(call, stop);
    };
    return route;
}

}  // namespace

std::vector<Route> api_routes(Service& service, const RouteOptions& options, const Now& now) {
    std::vector<Route> all;
    for (auto part :
         {exposure_routes(service, options, now), chain_routes(service), entity_routes(service),
          trace_routes(service, options, now), job_routes(options.jobs),
          case_routes(options.cases, now), list_routes(service, options, now),
          sanctions_routes(service, options, now), graphsense_routes(service, now), web_routes()})
        for (Route& route : part)
            all.push_back(route.method == Method::post
                              ? idempotent(std::move(route), options.replies, now)
                              : dated(std::move(route), now));
    return all;
}

}  // namespace wagetrail::server
