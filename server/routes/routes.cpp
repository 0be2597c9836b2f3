#include "server/routes/routes.h"

#include "server/routes/idempotent.h"
#include "server/routes/job_book.h"

namespace wagetrail::server {

std::vector<Route> api_routes(Service& service, const Kept& kept, const Now& now) {
    std::vector<Route> all;
    for (auto part :
         {exposure_routes(service), chain_routes(service), entity_routes(service),
          trace_routes(service, kept), job_routes(kept.jobs), list_routes(service, now)})
        for (Route& route : part)
            all.push_back(route.method == Method::post
                              ? idempotent(std::move(route), kept.replies, now)
                              : std::move(route));
    return all;
}

}  // namespace wagetrail::server
