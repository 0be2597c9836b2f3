#include "server/http/problem.h"

#include "server/http/client_words.h"

#include <nlohmann/json.hpp>

#include <array>

namespace wagetrail::server {
namespace {

using enum ProblemCode;

constexpr std::array kKinds{
    ProblemKind{bad_request, 400, "bad_request",
                "The bytes are no HTTP/1.1 request, or an unsafe one."},
    ProblemKind{bad_target, 400, "bad_target", "The path or the query is malformed."},
    ProblemKind{bad_parameter, 400, "bad_parameter",
                "A parameter is unknown, missing or out of bounds."},
    ProblemKind{bad_body, 400, "bad_body",
                "The body is no JSON, or not of the shape that the route takes."},
    ProblemKind{unauthorized, 401, "unauthorized",
                "A key is needed and none came, or it is no key of this server."},
    ProblemKind{forbidden, 403, "forbidden", "The key lacks the scope that the route needs."},
    ProblemKind{no_such_route, 404, "no_such_route", "There is no such path."},
    ProblemKind{not_found, 404, "not_found", "The path is right, but what it names is not there."},
    ProblemKind{method_not_allowed, 405, "method_not_allowed",
                "The path exists, but not with this method; see Allow."},
    ProblemKind{not_acceptable, 406, "not_acceptable",
                "The route has no media type that Accept takes."},
    ProblemKind{conflict, 409, "conflict",
                "What it names is in another state; the message says which."},
    ProblemKind{length_required, 411, "length_required",
                "The route takes a body, and none was announced."},
    ProblemKind{body_too_large, 413, "body_too_large", "The body is larger than the limit."},
    ProblemKind{target_too_long, 414, "target_too_long",
                "The path and query are longer than the limit."},
    ProblemKind{unsupported_media_type, 415, "unsupported_media_type",
                "The body is of another media type than the route takes."},
    ProblemKind{expectation_failed, 417, "expectation_failed",
                "An Expect other than 100-continue."},
    ProblemKind{misdirected, 421, "misdirected", "The Host is not a name of this server."},
    ProblemKind{limit_met, 422, "limit_met",
                "The answer needs more work than one question may cost."},
    ProblemKind{key_reused, 422, "key_reused",
                "The Idempotency-Key came before with another request."},
    ProblemKind{rate_limited, 429, "rate_limited",
                "Too many questions of this caller; see Retry-After."},
    ProblemKind{headers_too_large, 431, "headers_too_large",
                "The headers are too many or too large."},
    ProblemKind{internal, 500, "internal", "A fault of the server; its log has the request_id."},
    ProblemKind{not_implemented, 501, "not_implemented",
                "A method or transfer coding that the server does not know."},
    ProblemKind{overloaded, 503, "overloaded",
                "The server has all the work it can take; see Retry-After."},
    ProblemKind{cannot_tell, 503, "cannot_tell",
                "The lists at hand are too old to clear the address."},
    ProblemKind{disk_trouble, 503, "disk_trouble",
                "The disk of the server is full, not writable, or fails; see Retry-After."},
    ProblemKind{stopping, 503, "stopping", "The server is ending; ask again in a moment."},
    ProblemKind{deadline_missed, 504, "deadline_missed",
                "The answer was not ready in time; there is no partial one."},
    ProblemKind{version_not_supported, 505, "version_not_supported",
                "Another version of HTTP than 1.0 and 1.1."},
};

ProblemCode code_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::not_found:
            return not_found;
        case ErrorCode::invalid:
            return bad_parameter;
        case ErrorCode::limit:
            return limit_met;
        case ErrorCode::cancelled:
            return deadline_missed;
        case ErrorCode::io:
            return disk_trouble;
        case ErrorCode::corrupt:
            return internal;
    }
    return internal;
}

}  // namespace

std::span<const ProblemKind> problem_kinds() {
    return kKinds;
}

const ProblemKind& kind_of(ProblemCode code) {
    const ProblemKind& kind = kKinds.at(static_cast<std::size_t>(code));
    CHECK(kind.code == code);
    return kind;
}

Problem::Problem(const Error& error) : code(code_of(error.code)) {
    ClientWords words = client_words(error.what);
    if (code == ProblemCode::disk_trouble) {
        *this = server::disk_trouble(std::move(words.message));
        return;
    }
    message = std::move(words.message);
    hint = std::move(words.hint);
}

Problem overloaded(std::string message, std::chrono::seconds retry_after) {
    Problem problem(ProblemCode::overloaded, std::move(message),
                    "ask again after the time in Retry-After");
    problem.retry_after = retry_after;
    return problem;
}

Problem disk_trouble(std::string message) {
    Problem problem(ProblemCode::disk_trouble, std::move(message),
                    "whoever runs the server must see to its disk; ask again after that");
    problem.retry_after = std::chrono::seconds(5);
    return problem;
}

std::string problem_json(const Problem& problem, std::string_view request_id) {
    const nlohmann::json json{{"code", kind_of(problem.code).name},
                              {"message", problem.message},
                              {"hint", problem.hint},
                              {"request_id", request_id}};
    // A message may quote what the client sent: bytes that are no UTF-8 become a replacement.
    return json.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace wagetrail::server
