#include "server/http/exchange.h"

#include <algorithm>

namespace wagetrail::server {
namespace {

constexpr std::size_t kIdBytesMax = 64;
constexpr std::size_t kIdempotencyBytesMax = 255;

/// Only what is safe in a header and in a log.
bool is_usable_id(std::string_view id) {
    return !id.empty() && id.size() <= kIdBytesMax && std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
}

Result<void> read_headers(const Hub& hub, const Parser& parser, Exchange& now) {
    const auto& request = parser.get();
    now.version = request.version();
    now.method = std::string(request.method_string());
    now.target = std::string(request.target());
    now.keep_alive = request.keep_alive() && !hub.stopping;
    std::size_t count = 0;
    for (const auto& field : request) {
        if (++count > hub.limits().header_count)
            return refuse(ProblemCode::headers_too_large, "the request has too many headers");
        now.headers.add(field.name_string(), field.value());
    }
    if (const auto id = now.headers.find("X-Request-Id"); id && is_usable_id(*id)) now.id = *id;
    return {};
}

/// Where two programs could see two different requests in the same bytes, there is none.
Result<void> check_framing(const Hub& hub, const Exchange& now) {
    if (now.headers.count("Host") > 1 || (now.version == 11 && now.headers.count("Host") == 0))
        return refuse(ProblemCode::bad_request, "the request needs one Host header");
    if (const auto host = now.headers.find("Host"); host && !hub.knows_host(*host))
        return refuse(ProblemCode::misdirected, "the Host is not a name of this server",
                      "ask by its address or a name that it was given; whoever runs it adds names");
    if (now.headers.count("Content-Length") > 0 && now.headers.count("Transfer-Encoding") > 0)
        return refuse(ProblemCode::bad_request,
                      "Content-Length and Transfer-Encoding contradict each other");
    if (now.headers.count("Transfer-Encoding") > 0 &&
        !equal_without_case(now.headers.joined("Transfer-Encoding"), "chunked"))
        return refuse(ProblemCode::not_implemented, "the transfer coding is not chunked");
    if (now.headers.count("Expect") > 0 &&
        !equal_without_case(now.headers.joined("Expect"), "100-continue"))
        return refuse(ProblemCode::expectation_failed,
                      "the server knows no other Expect than 100-continue",
                      "send the body at once, without Expect");
    return {};
}

/// A wrong key costs its sender as much as a question, so that keys cannot be tried out for free.
Result<Caller> identify(Hub& hub, const std::string& peer, Exchange& now) {
    auto caller = hub.hooks.admit(now.headers);
    const bool own = caller && caller->rate;
    // Whoever watches over the server must not take a busy one for a dead one.
    if (now.target == "/healthz" || now.target == "/readyz") return caller;
    now.allowance = hub.rates.take(own ? "key " + caller->name : "peer " + peer,
                                   own ? *caller->rate : hub.settings.rate, now.asked);
    if (now.allowance.granted) return caller;
    Problem problem(ProblemCode::rate_limited, "too many questions");
    problem.retry_after =
        std::chrono::seconds(static_cast<std::int64_t>(now.allowance.retry_seconds));
    return std::unexpected(std::move(problem));
}

Result<std::string> methods_of(const Hub& hub, const Target& target) {
    std::string methods = target.ends_in_slash ? std::string() : hub.router.allowed(target);
    if (methods.empty())
        return refuse(ProblemCode::no_such_route, "there is no such path",
                      "GET /openapi.json has all of them");
    return methods;
}

Result<void> check_body(const Route& route, const Parser& parser, const Exchange& now) {
    const bool announced = parser.chunked() || parser.content_length().value_or(0) > 0;
    if (route.body_schema.empty()) {
        if (announced) return refuse(ProblemCode::bad_body, "the route takes no body");
        return {};
    }
    if (!announced) return refuse(ProblemCode::length_required, "the route takes a body of JSON");
    if (!is_media_type(now.headers.find("Content-Type").value_or(""), MediaType::json))
        return refuse(ProblemCode::unsupported_media_type, "the body must be of JSON",
                      "send Content-Type: application/json");
    return {};
}

/// What of the headers a handler may act upon.
Result<void> read_wishes(const Exchange& now, Call& call) {
    call.takes_gzip = now.headers.joined("Accept-Encoding").find("gzip") != std::string::npos;
    call.prefers_job = now.headers.joined("Prefer").find("respond-async") != std::string::npos;
    if (now.headers.count("Idempotency-Key") == 0) return {};
    call.idempotency_key = now.headers.joined("Idempotency-Key");
    if (call.idempotency_key.empty() || call.idempotency_key.size() > kIdempotencyBytesMax ||
        now.headers.count("Idempotency-Key") > 1)
        return refuse(ProblemCode::bad_parameter, "Idempotency-Key is no text of 1 to 255 bytes");
    return {};
}

}  // namespace

Result<void> admit(Hub& hub, const Parser& parser, const std::string& peer, Exchange& now) {
    TRY(read_headers(hub, parser, now));
    if (hub.stopping) return refuse(ProblemCode::stopping, "the server is ending");
    TRY(check_framing(hub, now));
    const Caller caller = TRY(identify(hub, peer, now));
    const Target target = TRY(parse_target(parser.get().target(), hub.limits().target_bytes));
    now.caller = caller.name;
    if (now.method == "OPTIONS") {
        now.allow = TRY(methods_of(hub, target));
        return {};
    }
    now.match = TRY(hub.router.match(now.method, target, now.headers));
    now.match.call.caller = now.caller;
    now.route = now.match.route;
    const Route& route = hub.router.routes()[now.match.route];
    if (!caller.scopes.allow(route.scope) && now.caller.empty())
        return refuse(ProblemCode::unauthorized, "a key is needed",
                      "send it as Authorization: Bearer KEY, or as X-API-Key");
    if (!caller.scopes.allow(route.scope))
        return refuse(ProblemCode::forbidden,
                      "the key lacks the scope " + std::string(name_of(route.scope)),
                      "ask whoever runs the server for a key with that scope");
    TRY(check_body(route, parser, now));
    return read_wishes(now, now.match.call);
}

}  // namespace wagetrail::server
