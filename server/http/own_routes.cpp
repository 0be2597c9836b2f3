#include "server/http/own_routes.h"

namespace wagetrail::server {
namespace {

Route route(const char* path,
            const char* name,
            const char* about,
            Scope scope,
            MediaType type,
            std::function<std::string()> text) {
    return {.path = path,
            .name = name,
            .about = about,
            .scope = scope,
            .gives = {type},
            .from_memory = [type, text = std::move(text)](const Call&) {
                return Result<Answer>(Answer{.body = text(), .type = type});
            }};
}

}  // namespace

std::vector<Route> own_routes(const OwnTexts& texts) {
    return {route("/healthz", "isAlive", "Whether the process runs.", Scope::open, MediaType::text,
                  [] { return std::string("ok\n"); }),
            route("/metrics", "metrics", "Counters for Prometheus.", Scope::metrics,
                  MediaType::text, texts.metrics),
            route("/openapi.json", "openApi", "This API in the words of OpenAPI 3.1.", Scope::open,
                  MediaType::json, texts.open_api)};
}

}  // namespace wagetrail::server
