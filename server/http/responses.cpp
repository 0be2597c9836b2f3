#include "server/http/exchange.h"

namespace wagetrail::server {
namespace {

namespace http = boost::beast::http;

constexpr std::size_t kTagDigits = 32;

std::string tag_of(const Exchange& now) {
    if (now.answer_sha256.empty()) return {};
    return "\"" + now.answer_sha256.substr(0, kTagDigits) + "\"";
}

/// The explorer runs its own scripts and talks to its own server; nothing from elsewhere, no
/// frames.
constexpr const char* kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
    "'none'";

void describe_page(http::fields& head, const Answer& answer) {
    head.set("Content-Security-Policy", kPagePolicy);
    head.set("Cross-Origin-Opener-Policy", "same-origin");
    head.set(http::field::cache_control,
             answer.kind == AnswerKind::asset ? "public, max-age=31536000, immutable" : "no-cache");
    head.set(http::field::vary, "Accept-Encoding");
}

Response response(const Exchange& now, unsigned status) {
    Response response{http::int_to_status(status), now.version};
    response.keep_alive(now.keep_alive);
    return response;
}

}  // namespace

void describe(http::fields& head, const Exchange& now, MediaType type) {
    head.set(http::field::content_type, content_type_of(type));
    head.set("X-Request-Id", now.id);
    head.set("X-Content-Type-Options", "nosniff");
    head.set("Referrer-Policy", "no-referrer");
    head.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    head.set(http::field::cache_control, "no-store");
    if (now.allowance.limit == 0) return;
    head.set("X-RateLimit-Limit", std::to_string(now.allowance.limit));
    head.set("X-RateLimit-Remaining", std::to_string(now.allowance.remaining));
    head.set("X-RateLimit-Reset", std::to_string(now.allowance.reset_seconds));
}

Response refusal(Hub& hub, const Exchange& now, const Problem& problem) {
    hub.metrics.refused(problem.code);
    Response refused = response(now, kind_of(problem.code).status);
    describe(refused, now, MediaType::json);
    if (problem.retry_after)
        refused.set(http::field::retry_after, std::to_string(problem.retry_after->count()));
    if (!problem.allow.empty()) refused.set(http::field::allow, problem.allow);
    if (problem.code == ProblemCode::unauthorized)
        refused.set(http::field::www_authenticate, "Bearer");
    refused.body() = problem_json(problem, now.id);
    return refused;
}

Response methods_response(const Exchange& now) {
    Response given = response(now, 204);
    describe(given, now, MediaType::json);
    given.erase(http::field::content_type);
    given.set(http::field::allow, now.allow);
    return given;
}

Response response_of(const Exchange& now, Answer answer) {
    Response given = response(now, answer.status);
    describe(given, now, answer.type);
    if (answer.kind != AnswerKind::data) describe_page(given, answer);
    if (answer.is_gzip) given.set(http::field::content_encoding, "gzip");
    if (!answer.location.empty()) given.set(http::field::location, answer.location);
    const std::string tag = answer.status == 200 ? tag_of(now) : std::string();
    if (!tag.empty()) given.set(http::field::etag, tag);
    if (!tag.empty() && now.method != "POST" &&
        now.headers.joined("If-None-Match").find(tag) != std::string::npos) {
        given.result(http::status::not_modified);
        return given;
    }
    given.body() = std::move(answer.body);
    return given;
}

}  // namespace wagetrail::server
