// What all connections of a server share. Used by the one thread that talks to clients, but for the
// pool.
#pragma once

#include "server/http/hooks.h"
#include "server/http/metrics.h"
#include "server/http/pool.h"
#include "server/http/router.h"
#include "server/http/settings.h"

#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <chrono>
#include <list>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

namespace wagetrail::server {

struct Hub {
    using Clock = std::chrono::steady_clock;

    /// An open connection. Idle: nothing was asked that is not answered yet.
    struct Open {
        boost::asio::ip::tcp::socket* socket = nullptr;
        bool idle = true;
    };
    /// A question that is being answered.
    struct Running {
        std::stop_source stop;
        Clock::time_point deadline;
        int socket = -1;  // of who waits for the whole answer; none: a stream finds out by itself
        std::optional<Clock::time_point> half_closed = {};  // seen to send no more
        std::atomic<bool> left = false;                     // read by whoever answers
    };

    Hub(const Settings& chosen, std::vector<Route> routes, Hooks chosen_hooks)
        : settings(chosen),
          hooks(std::move(chosen_hooks)),
          router(std::move(routes)),
          metrics(router.routes().size()),
          rates(chosen.limits.callers) {}

    [[nodiscard]] const Limits& limits() const { return settings.limits; }
    [[nodiscard]] bool knows_host(std::string_view host) const;
    /// An id for a request that brought none, or no usable one.
    [[nodiscard]] std::string fresh_id();

    const Settings settings;
    const Hooks hooks;
    const Router router;
    Metrics metrics;
    RateLimiter rates;
    Pool* pool = nullptr;  // ends before the connections that its work returns to
    std::list<Open> open;
    std::list<Running> running;  // by deadline
    std::map<std::string, std::size_t> by_peer;
    std::size_t body_bytes = 0;  // of requests being read or answered
    std::string id_prefix;       // of this process
    std::uint64_t ids = 0;
    bool stopping = false;
};

}  // namespace wagetrail::server
