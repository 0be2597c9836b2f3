#include "server/http/own_routes.h"

namespace wagetrail::server {
namespace {

Route route(const char* path,
            const char* name,
            const char* about,
            MediaType type,
            std::function<std::string()> text) {
    return {.path = path,
            .name = name,
            .about = about,
            .gives = {type},
            .handle = [type, text = std::move(text)](const Call&, const std::stop_token&)
                -> Result<Answer> { return Answer{.body = text(), .type = type}; },
            .is_immediate = true};
}

}  // namespace

std::vector<Route> own_routes(const OwnTexts& texts) {
    return {
        route("/healthz", "isAlive", "Whether the process runs.", MediaType::text,
              [] { return std::string("ok\n"); }),
        route("/metrics", "metrics", "Counters for Prometheus.", MediaType::text, texts.metrics),
        route("/openapi.json", "openApi", "This API in the words of OpenAPI 3.1.", MediaType::json,
              texts.open_api)};
}

}  // namespace wagetrail::server
