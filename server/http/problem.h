// Every refusal: a closed set of codes, each with its HTTP status, in one shape
// {"code", "message", "hint", "request_id"}. Clients branch on the code, people read the rest.
#pragma once

#include "chain/base/expected.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace wagetrail::server {

enum class ProblemCode : std::uint8_t {
    bad_request,
    bad_target,
    bad_parameter,
    bad_body,
    unauthorized,
    forbidden,
    no_such_route,
    not_found,
    method_not_allowed,
    not_acceptable,
    conflict,
    length_required,
    body_too_large,
    target_too_long,
    unsupported_media_type,
    expectation_failed,
    misdirected,
    limit_met,
    key_reused,
    rate_limited,
    headers_too_large,
    internal,
    not_implemented,
    overloaded,
    cannot_tell,
    disk_trouble,
    stopping,
    deadline_missed,
    version_not_supported,
};

struct ProblemKind {
    ProblemCode code;
    unsigned status;
    std::string_view name;   // the word in the answer
    std::string_view about;  // for API.md
};

/// All of them, by status.
[[nodiscard]] std::span<const ProblemKind> problem_kinds();
[[nodiscard]] const ProblemKind& kind_of(ProblemCode code);

struct Problem {
    ProblemCode code = ProblemCode::internal;
    std::string message;  // one sentence: what and where
    std::string hint;     // the next step; empty: there is none
    std::optional<std::chrono::seconds> retry_after;
    std::string allow;  // of method_not_allowed: "GET, HEAD, OPTIONS"

    Problem(ProblemCode which, std::string what, std::string next_step = {})
        : code(which), message(std::move(what)), hint(std::move(next_step)) {}
    /// So that a handler may use TRY: not_found and invalid stay what they are, limit is limit_met,
    /// cancelled is deadline_missed, io is disk_trouble, and corrupt is internal. In the words of
    /// client_words.h.
    Problem(const Error& error);  // NOLINT(google-explicit-constructor)
};

template <class T>
using Result = std::expected<T, Problem>;

[[nodiscard]] inline std::unexpected<Problem> refuse(ProblemCode code,
                                                     std::string message,
                                                     std::string hint = {}) {
    return std::unexpected<Problem>(Problem(code, std::move(message), std::move(hint)));
}

/// Of a client that may ask again after that time.
[[nodiscard]] Problem overloaded(std::string message = "the server has all the work it can take",
                                 std::chrono::seconds retry_after = std::chrono::seconds(1));

/// Of a disk that may be mended in a while.
[[nodiscard]] Problem disk_trouble(std::string message);

/// The JSON of a refusal, one line with its end.
[[nodiscard]] std::string problem_json(const Problem& problem, std::string_view request_id);

}  // namespace wagetrail::server
