// `wagetrail serve`: one process that answers over HTTP what the command line answers.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/time.h"

#include "heuristics/question/sync_question.h"

#include "server/http/settings.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace wagetrail::server {

struct ServeRequest {
    std::string home;
    std::string scratch;
    Settings settings;
    bool behind_proxy = false;  // a proxy before it has TLS and knows who asks
    bool require_key = false;   // on this machine too
    bool read_only = false;     // keeps no jobs, no audit log, nothing
    bool audit = true;
    std::uint64_t transactions_at_once = 20'000;          // of a walk; what is larger becomes a job
    std::uint64_t cache_bytes = std::uint64_t{1} << 30U;  // of what was read of the indexes
    std::int64_t list_max_age_seconds = 0;      // beyond it, lists do not clear an address
    bool test_subjects = false;                 // names that stand for each kind of answer
    std::vector<question::SyncRequest> follow;  // ledgers to keep at their tips
    std::chrono::milliseconds refresh{2'000};   // how often to look for new blocks and lists
};

/// Of "ADDRESS:PORT", "[ADDRESS]:PORT" or "PORT".
struct ListenOn {
    std::string address;
    std::uint16_t port = 0;
};
[[nodiscard]] Expected<ListenOn> parse_listen(std::string_view text);

struct ServeListener {
    std::function<void(const std::string& url)> ready;    // it accepts there
    std::function<void(const std::string& what)> notice;  // any thread
};

/// invalid: listening beyond this machine without keys and TLS, or a proxy; another server on this
/// home; and whatever HttpServer::listen says.
[[nodiscard]] Expected<void> serve(const ServeRequest& request,
                                   const std::function<Time()>& now,
                                   const ServeListener& listener,
                                   const std::stop_token& stop);

/// server/API.md, from the route table.
[[nodiscard]] std::string api_document();

}  // namespace wagetrail::server
