#include "server/http/open_api.h"

#include "chain/base/join_words.h"

#include "server/schemas.h"

#include <nlohmann/json.hpp>

#include <cctype>

namespace wagetrail::server {
namespace {

using Json = nlohmann::json;

Json reference(const std::string& schema) {
    return {{"$ref", "#/components/schemas/" + schema}};
}

Json schema_of(const Parameter& parameter) {
    Json schema = {{"type", "string"}};
    switch (parameter.kind) {
        case Kind::number:
            schema = {{"type", "integer"}, {"minimum", parameter.min}, {"maximum", parameter.max}};
            break;
        case Kind::flag:
            schema = {{"type", "boolean"}};
            break;
        case Kind::choice:
            schema["enum"] = parameter.choices;
            break;
        case Kind::text:
            schema["minLength"] = 1;
            schema["maxLength"] = parameter.max;
            break;
    }
    if (parameter.otherwise.empty()) return schema;
    schema["default"] = parameter.otherwise;
    if (parameter.kind == Kind::number) schema["default"] = std::stoull(parameter.otherwise);
    if (parameter.kind == Kind::flag) schema["default"] = parameter.otherwise == "true";
    return schema;
}

Json parameters_of(const Route& route) {
    Json all = Json::array();
    for (const Parameter& parameter : route.parameters)
        all.push_back({{"name", parameter.name},
                       {"in", parameter.in == In::path ? "path" : "query"},
                       {"required", parameter.in == In::path || parameter.is_required},
                       {"description", parameter.about},
                       {"schema", schema_of(parameter)}});
    return all;
}

Json answers_of(const Route& route) {
    Json content = Json::object();
    for (const MediaType type : route.gives) {
        Json schema = {{"type", "string"}};
        if (type == MediaType::json) schema = {{"type", "object"}};
        if (type == MediaType::json && !route.answer_schema.empty())
            schema = reference(route.answer_schema);
        content[std::string(name_of(type))] = {{"schema", std::move(schema)}};
    }
    const Json problem = {{"description", "A refusal."},
                          {"content", {{"application/json", {{"schema", reference("Problem")}}}}}};
    Json answers = {{"200", {{"description", "The answer."}, {"content", std::move(content)}}},
                    {"4XX", problem},
                    {"5XX", problem}};
    if (!route.made_schema.empty())
        answers["202"] = {{"description", "Taken on; Location says where it is found."},
                          {"content",
                           {{std::string(name_of(MediaType::json)),
                             {{"schema", reference(route.made_schema)}}}}}};
    return answers;
}

Json operation_of(const Route& route) {
    Json operation = {{"operationId", route.name},
                      {"summary", route.about},
                      {"parameters", parameters_of(route)},
                      {"responses", answers_of(route)}};
    if (!route.tag.empty()) operation["tags"] = Json::array({route.tag});
    if (route.scope == Scope::open) operation["security"] = Json::array();
    if (!route.body_schema.empty())
        operation["requestBody"] = {
            {"required", true},
            {"content", {{"application/json", {{"schema", reference(route.body_schema)}}}}}};
    return operation;
}

std::string lower(std::string_view name) {
    std::string text(name);
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

/// One of them is enough; on a machine of one's own, none is needed.
Json security() {
    return Json::array({{{"bearer", Json::array()}}, {{"header", Json::array()}}, Json::object()});
}

Json security_schemes() {
    return {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}},
            {"header", {{"type", "apiKey"}, {"in", "header"}, {"name", "X-API-Key"}}}};
}

std::string quoted(MediaType type) {
    return "`" + std::string(name_of(type)) + "`";
}

std::string bounds_of(const Parameter& parameter) {
    switch (parameter.kind) {
        case Kind::number:
            return std::to_string(parameter.min) + " to " + std::to_string(parameter.max);
        case Kind::flag:
            return "true, false";
        case Kind::choice:
            return join_words(parameter.choices);
        case Kind::text:
            return "text";
    }
    return {};
}

std::string left_out(const Parameter& parameter) {
    if (parameter.is_required) return "required";
    return parameter.otherwise.empty() ? "" : "`" + parameter.otherwise + "`";
}

}  // namespace

std::string open_api(std::span<const Route> routes) {
    Json paths = Json::object();
    for (const Route& route : routes)
        paths[route.path][lower(name_of(route.method))] = operation_of(route);
    Json schemas = Json::parse(schemas_json());
    return Json{
               {"openapi", "3.1.0"},
               {"info",
                {{"title", "Wagetrail"},
                 {"version", "1"},
                 {"description",
                  "Follows payouts to sanctioned clusters. Every answer is the envelope that the "
                  "command line prints with --json, byte for byte."},
                 {"license", {{"name", "see the project"}, {"identifier", "LicenseRef-project"}}}}},
               {"servers", Json::array({{{"url", "/"}}})},
               {"security", security()},
               {"paths", std::move(paths)},
               {"components",
                {{"schemas", std::move(schemas)}, {"securitySchemes", security_schemes()}}}}
               .dump() +
           "\n";
}

std::string api_page(std::span<const Route> routes) {
    std::string page;
    for (const Route& route : routes) {
        page += "### `" + std::string(name_of(route.method)) + " " + route.path + "`\n" +
                route.about + "\n";
        if (!route.body_schema.empty())
            page += "Body: `" + route.body_schema + "` of `/openapi.json`.\n";
        page += "Gives " + join_words(route.gives, ", ", quoted);
        if (!route.answer_schema.empty()) page += ": `" + route.answer_schema + "`";
        page += ".\n";
        if (!route.parameters.empty())
            page += "\n| parameter | in | takes | left out | meaning |\n|---|---|---|---|---|\n";
        for (const Parameter& parameter : route.parameters)
            page += "| `" + parameter.name + "` | " +
                    (parameter.in == In::path ? "path" : "query") + " | " + bounds_of(parameter) +
                    " | " + left_out(parameter) + " | " + parameter.about + " |\n";
        page += "\n";
    }
    page += "### Refusals\n\n| status | code | meaning |\n|---|---|---|\n";
    for (const ProblemKind& kind : problem_kinds())
        page += "| " + std::to_string(kind.status) + " | `" + std::string(kind.name) + "` | " +
                std::string(kind.about) + " |\n";
    return page;
}

}  // namespace wagetrail::server
