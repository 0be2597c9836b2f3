// What the server asks of whoever runs it: who a caller is, and where to note what was answered.
#pragma once

#include "server/http/header_fields.h"
#include "server/http/problem.h"
#include "server/http/rate.h"
#include "server/http/scope.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace wagetrail::server {

struct Caller {
    std::string name;  // of its key; empty: nobody in particular
    Scopes scopes = Scopes::all();
    std::optional<Rate> rate = {};  // its own, counted by name; none: that of every peer
};

/// One request and what came of it, for the record.
struct Exchanged {
    std::string request_id;
    std::string caller;  // Caller::name
    std::string peer;
    std::string method;
    std::string target;       // as sent
    std::string body_sha256;  // empty: the request had none
    unsigned status = 0;
    std::string answer_sha256;  // empty: a refusal, or a stream
    std::chrono::microseconds took{0};
};

/// All on the one thread that talks to clients, so none may wait.
struct Hooks {
    /// unauthorized: no such key, or none where one is needed.
    std::function<Result<Caller>(const HeaderFields& headers)> admit =
        [](const HeaderFields&) -> Result<Caller> { return Caller{}; };
    /// Why nothing can be recorded just now: then nothing must be answered either.
    std::function<std::optional<Problem>()> record_trouble = [] { return std::nullopt; };
    std::function<void(Exchanged)> record = [](const Exchanged&) {};
    /// What /metrics has beside the server's own, in Prometheus' text format.
    std::function<std::string()> more_metrics = [] { return std::string(); };
};

}  // namespace wagetrail::server
