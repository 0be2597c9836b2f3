// HTTP/1.1 over the route table, with or without TLS: one thread talks to clients, a bounded pool
// answers. Every bound of Limits holds for every client, whatever it sends or does not send.
#pragma once

#include "chain/base/expected.h"

#include "server/http/hooks.h"
#include "server/http/router.h"
#include "server/http/settings.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

namespace wagetrail::server {

class HttpServer {
  public:
    /// Adds /healthz, /readyz, /metrics and /openapi.json to the routes and binds the port.
    /// invalid: the address is none, or a certificate cannot be used; io: the port is taken.
    [[nodiscard]] static Expected<HttpServer> listen(const Settings& settings,
                                                     std::vector<Route> routes,
                                                     Hooks hooks = {});
    HttpServer(HttpServer&&) noexcept;
    HttpServer& operator=(HttpServer&&) noexcept;
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();

    [[nodiscard]] std::uint16_t port() const;
    /// Serves until a stop: then nobody is let in, who is being answered gets his answer within
    /// Limits::stop_grace, and it returns.
    void run(const std::stop_token& stop);

  private:
    class Impl;
    explicit HttpServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wagetrail::server
