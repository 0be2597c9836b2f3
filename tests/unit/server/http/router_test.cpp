#include "server/http/router.h"

#include <catch2/catch.hpp>

namespace wagetrail::server {
namespace {

Router made_router() {
    const Parameter id{.name = "id", .in = In::path, .about = "which", .max = 5};
    const Parameter limit{.name = "limit",
                          .kind = Kind::number,
                          .about = "rows",
                          .otherwise = "25",
                          .min = 1,
                          .max = 9};
    return Router({{.path = "/things/{id}", .name = "show", .parameters = {id, limit}},
                   {.path = "/things/all", .name = "all"},
                   {.method = Method::post,
                    .path = "/things/{id}",
                    .name = "ask",
                    .parameters = {id},
                    .gives = {MediaType::json, MediaType::ndjson}}});
}

Result<Router::Match> asked(std::string_view method,
                            std::string_view target,
                            std::string_view accept = "") {
    static const Router router = made_router();
    HeaderFields headers;
    if (!accept.empty()) headers.add("Accept", accept);
    return router.match(method, parse_target(target, 1'000).value(), headers);
}

ProblemCode refused(std::string_view method,
                    std::string_view target,
                    std::string_view accept = "") {
    const auto match = asked(method, target, accept);
    REQUIRE_FALSE(match.has_value());
    return match.error().code;
}

}  // namespace

TEST_CASE("router: a path word by word goes before one with a variable", "[server][router]") {
    CHECK(asked("GET", "/things/all")->route == 1);
    const auto match = asked("GET", "/things/7?limit=3");
    REQUIRE(match.has_value());
    CHECK(match->route == 0);
    CHECK(match->call.text("id") == "7");
    CHECK(match->call.number("limit") == 3);
    CHECK(asked("GET", "/things/7")->call.number("limit") == 25);
    CHECK(asked("HEAD", "/things/7")->route == 0);
    CHECK(asked("POST", "/things/7")->route == 2);
}

TEST_CASE("router: what the table does not know is refused, with its reason", "[server][router]") {
    CHECK(refused("GET", "/nothing") == ProblemCode::no_such_route);
    CHECK(refused("GET", "/things/all/") == ProblemCode::no_such_route);
    CHECK(refused("DELETE", "/things/7") == ProblemCode::method_not_allowed);
    CHECK(asked("PUT", "/things/7").error().allow == "GET, HEAD, POST, OPTIONS");
    CHECK(refused("GET", "/things/7?limit=0") == ProblemCode::bad_parameter);
    CHECK(refused("GET", "/things/7?limit=x") == ProblemCode::bad_parameter);
    CHECK(refused("GET", "/things/7?limit=3&limit=3") == ProblemCode::bad_parameter);
    CHECK(refused("GET", "/things/123456") == ProblemCode::bad_parameter);
    CHECK(asked("GET", "/things/7?limt=3").error().hint == "it takes limit");
    CHECK(refused("GET", "/things/7", "image/png") == ProblemCode::not_acceptable);
}

TEST_CASE("router: of what a route gives, the client has the choice", "[server][router]") {
    CHECK(asked("POST", "/things/7")->call.accepts == MediaType::json);
    CHECK(asked("POST", "/things/7", "application/x-ndjson")->call.accepts == MediaType::ndjson);
    CHECK(asked("POST", "/things/7", "*/*")->call.accepts == MediaType::json);
    CHECK(
        asked("POST", "/things/7", "application/json;q=0.1, application/x-ndjson")->call.accepts ==
        MediaType::ndjson);
}

TEST_CASE("target: what could mean two things is refused", "[server][target]") {
    for (const char* const target :
         {"things", "//a", "/a//b", "/a/../b", "/a/%2e%2e", "/a%2fb", "/a%5cb", "/a%00", "/%252e",
          "/%zz", "/%f", "/%ff", "/%c0%af", "/%ed%a0%80", "/a b", "/a?b=%00"}) {
        INFO(target);
        const auto parsed = parse_target(target, 100);
        REQUIRE_FALSE(parsed.has_value());
        CHECK(parsed.error().code == ProblemCode::bad_target);
    }
    CHECK(parse_target("/" + std::string(100, 'a'), 100).error().code ==
          ProblemCode::target_too_long);
    const auto target = parse_target("/a/%E2%82%AC:1?q=a+b%26&empty&=x", 100);
    REQUIRE(target.has_value());
    CHECK(target->segments == std::vector<std::string>{"a", "€:1"});
    CHECK(target->query == std::vector<std::pair<std::string, std::string>>{
                               {"q", "a b&"}, {"empty", ""}, {"", "x"}});
}

}  // namespace wagetrail::server
