#include "server/routes/routes.h"

namespace wagetrail::server {

std::vector<Route> api_routes(Service& service, const Now& now) {
    std::vector<Route> all;
    for (auto part : {exposure_routes(service), chain_routes(service), entity_routes(service),
                      trace_routes(service), list_routes(service, now)})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace wagetrail::server
