// The one table of the API. From it come routing, the checking of parameters, /openapi.json and
// server/API.md, so none of them can say anything that the others do not.
//
// A handler is a pure function of a call over what is indexed: no side effects, no clock, no
// network. It runs on a processor of the pool, never on the thread that talks to clients.
#pragma once

#include "server/http/media_type.h"
#include "server/http/problem.h"
#include "server/http/scope.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::server {

enum class Method : std::uint8_t { get, post, remove };
[[nodiscard]] std::string_view name_of(Method method);  // "GET", "POST", "DELETE"

enum class In : std::uint8_t { path, query };
enum class Kind : std::uint8_t { text, number, flag, choice };

struct Parameter {
    std::string name;
    In in = In::query;
    Kind kind = Kind::text;
    std::string about;
    std::string otherwise = {};             // what it means when it is left out
    std::uint64_t min = 0;                  // of a number
    std::uint64_t max = 1024;               // of a number; of a text: its bytes
    std::vector<std::string> choices = {};  // of a choice
    bool is_required = false;               // in a query; what is in the path always is
};

/// What was asked, after everything about it was checked.
struct Call {
    std::map<std::string, std::string, std::less<>>
        parameters;  // with those left out, if they mean something
    std::string body;
    MediaType accepts = MediaType::json;  // one that the route gives
    std::size_t worker = 0;       // which thread of the pool answers: what it keeps is its own
    std::string caller;           // whose key it is; empty: nobody's in particular
    std::string idempotency_key;  // the header of that name
    bool prefers_job = false;     // Prefer: respond-async
    bool takes_gzip = false;      // Accept-Encoding
    const std::atomic<bool>* left = nullptr;  // set while it is answered: the asker is gone

    /// Empty when it was left out.
    [[nodiscard]] const std::string& text(std::string_view name) const;
    [[nodiscard]] std::uint64_t number(std::string_view name) const;
    [[nodiscard]] bool flag(std::string_view name) const;
    /// Nobody waits for the answer any more, nor would hear of a job.
    [[nodiscard]] bool asker_left() const { return left != nullptr && *left; }
};

/// A long answer, piece by piece as the client takes it: nullopt at the end. After a refusal the
/// connection is cut, so that nobody takes half an answer for a whole one.
using Pieces = std::function<Result<std::optional<std::string>>(std::size_t worker,
                                                                const std::stop_token& stop)>;

/// Whether an answer is data, or part of a page that a browser runs.
enum class AnswerKind : std::uint8_t {
    data,
    page,   // looked at again each time
    asset,  // never changes: its name has its hash
};

struct Answer {
    std::string body;
    MediaType type = MediaType::json;
    Pieces pieces = nullptr;  // set: the answer is what they give, not body
    /// After a piece without bytes: how long to wait before the next one is asked for.
    std::chrono::milliseconds pause{0};
    unsigned status = 200;  // or another of success
    std::string location;   // where what was made is found; empty: nothing was
    AnswerKind kind = AnswerKind::data;
    bool is_gzip = false;  // the body is

    /// A job was made of the question.
    [[nodiscard]] bool is_put_off() const { return status == 202; }
};

using Handler = std::function<Result<Answer>(const Call& call, const std::stop_token& stop)>;

struct Route {
    Method method = Method::get;
    std::string path;  // "/v1/addresses/{ledger}/{address}"
    std::string name;  // "showAddress": operationId of OpenAPI
    std::string about;
    std::string tag = {};        // whose interface it is; empty: our own
    Scope scope = Scope::chain;  // that a key needs
    std::vector<Parameter> parameters = {};
    std::string body_schema = {};                      // name in schemas.json; empty: takes no body
    std::string answer_schema = {};                    // empty: no JSON
    std::string made_schema = {};                      // of an answer of 202; empty: gives none
    std::vector<MediaType> gives = {MediaType::json};  // the first unless Accept says otherwise
    /// Tried first, without the pool: what is in memory already. nullopt: handle has to do it.
    std::function<std::optional<Result<Answer>>(const Call& call)> from_memory = nullptr;
    Handler handle = nullptr;
};

}  // namespace wagetrail::server
