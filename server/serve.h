// `wagetrail serve`: one process that answers over HTTP what the command line answers.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/time.h"

#include "server/http/settings.h"

#include <functional>
#include <stop_token>
#include <string>

namespace wagetrail::server {

struct ServeRequest {
    std::string home;
    std::string scratch;
    Settings settings;
    bool behind_proxy = false;  // who listens beyond this machine leaves TLS and keys to a proxy
    std::chrono::milliseconds refresh{2'000};  // how often to look for new blocks and lists
};

/// Of "ADDRESS:PORT", "[ADDRESS]:PORT" or "PORT".
struct ListenOn {
    std::string address;
    std::uint16_t port = 0;
};
[[nodiscard]] Expected<ListenOn> parse_listen(std::string_view text);

/// invalid: listening beyond this machine without TLS or a proxy, and whatever HttpServer::listen
/// says. ready: told the address when it accepts.
[[nodiscard]] Expected<void> serve(const ServeRequest& request,
                                   const std::function<Time()>& now,
                                   const std::function<void(const std::string& url)>& ready,
                                   const std::stop_token& stop);

/// server/API.md, from the route table.
[[nodiscard]] std::string api_document();

}  // namespace wagetrail::server
