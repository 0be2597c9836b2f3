#include "server/routes/routes.h"

#include "server/routes/idempotent.h"
#include "server/routes/job_routes.h"

namespace wagetrail::server {

std::vector<Route> api_routes(Service& service, const RouteOptions& options, const Now& now) {
    std::vector<Route> all;
    for (auto part :
         {exposure_routes(service, options), chain_routes(service), entity_routes(service),
          trace_routes(service, options), job_routes(options.jobs), case_routes(options.cases, now),
          list_routes(service, options, now), sanctions_routes(service, options, now),
          graphsense_routes(service, now), web_routes()})
        for (Route& route : part)
            all.push_back(route.method == Method::post
                              ? idempotent(std::move(route), options.replies, now)
                              : std::move(route));
    return all;
}

}  // namespace wagetrail::server
