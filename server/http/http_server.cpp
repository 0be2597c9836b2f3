#include "server/http/http_server.h"

#include "server/http/connection.h"
#include "server/http/departures.h"
#include "server/http/open_api.h"
#include "server/http/own_routes.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

namespace wagetrail::server {
namespace {

namespace net = boost::asio;
using Tcp = net::ip::tcp;

constexpr auto kNoThrow = net::as_tuple(net::use_awaitable);
constexpr std::chrono::milliseconds kTick{100};

std::unexpected<Error> unusable(const std::string& file, const boost::system::error_code& error) {
    return fail(ErrorCode::invalid, "cannot use " + file + " for TLS: " + error.message());
}

Expected<std::unique_ptr<net::ssl::context>> tls_of(const Settings& settings) {
    std::unique_ptr<net::ssl::context> tls;
    if (settings.certificate.empty()) return tls;
    tls = std::make_unique<net::ssl::context>(net::ssl::context::tls_server);
    boost::system::error_code error;
    (void)tls->set_options(net::ssl::context::default_workarounds | net::ssl::context::no_sslv2 |
                               net::ssl::context::no_sslv3 | net::ssl::context::no_tlsv1 |
                               net::ssl::context::no_tlsv1_1,
                           error);
    (void)tls->use_certificate_chain_file(settings.certificate, error);
    if (error) return unusable(settings.certificate, error);
    (void)tls->use_private_key_file(settings.private_key, net::ssl::context::pem, error);
    if (error) return unusable(settings.private_key, error);
    return tls;
}

/// Of an IPv6 client its /64: one customer has all of it.
std::string peer_of(const Tcp::socket& socket) {
    boost::system::error_code error;
    const auto address = socket.remote_endpoint(error).address();
    if (error) return {};
    if (!address.is_v6() || address.to_v6().is_v4_mapped()) return address.to_string();
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return net::ip::address_v6(bytes).to_string() + "/64";
}

/// Ids differ between two starts.
std::string id_prefix_of(std::chrono::system_clock::time_point now) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    return "wt-" + std::to_string(seconds) + "-";
}

}  // namespace

class HttpServer::Impl {
  public:
    Impl(const Settings& settings,
         std::vector<Route> routes,
         Hooks hooks,
         std::unique_ptr<net::ssl::context> tls)
        : tls_(std::move(tls)),
          hub_(settings, with_own(std::move(routes)), std::move(hooks)),
          acceptor_(io_),
          tick_(io_),
          pool_(settings.workers, settings.limits.queue) {
        hub_.pool = &pool_;
        hub_.id_prefix = id_prefix_of(std::chrono::system_clock::now());
    }

    Expected<void> bind() {
        boost::system::error_code error;
        const auto address = net::ip::make_address(hub_.settings.address, error);
        if (error)
            return fail(ErrorCode::invalid,
                        "\"" + hub_.settings.address + "\" is no IP address to listen on");
        const Tcp::endpoint endpoint(address, hub_.settings.port);
        (void)acceptor_.open(endpoint.protocol(), error);
        if (!error) (void)acceptor_.set_option(Tcp::acceptor::reuse_address(true), error);
        if (!error) (void)acceptor_.bind(endpoint, error);
        if (!error) (void)acceptor_.listen(4096, error);
        if (error)
            return fail(ErrorCode::io, "cannot listen on " + hub_.settings.address + ":" +
                                           std::to_string(hub_.settings.port) + ": " +
                                           error.message());
        return {};
    }

    [[nodiscard]] std::uint16_t port() const {
        boost::system::error_code ignored;
        return acceptor_.local_endpoint(ignored).port();
    }

    void run(const std::stop_token& stop) {
        net::co_spawn(io_, accept(), net::detached);
        net::co_spawn(io_, watch(), net::detached);
        const std::stop_callback on_stop(stop, [this] { net::post(io_, [this] { end(); }); });
        io_.run();
    }

  private:
    std::vector<Route> with_own(std::vector<Route> routes) {
        for (Route& route :
             own_routes({.metrics =
                             [this] {
                                 return hub_.metrics.text(hub_.router.routes(), pool_.waiting()) +
                                        hub_.hooks.more_metrics();
                             },
                         .open_api = [this] { return open_api(hub_.router.routes()); }}))
            routes.push_back(std::move(route));
        return routes;
    }

    net::awaitable<void> accept() {
        for (;;) {
            auto [error, socket] = co_await acceptor_.async_accept(kNoThrow);
            if (!acceptor_.is_open()) co_return;
            if (error) {
                // No handle is free, most likely: somebody has to leave first.
                net::steady_timer pause(io_, kTick);
                (void)co_await pause.async_wait(kNoThrow);
                continue;
            }
            welcome(std::move(socket));
        }
    }

    void welcome(Tcp::socket socket) {
        std::string peer = peer_of(socket);
        const auto others = hub_.by_peer.find(peer);
        const bool too_many =
            hub_.open.size() >= hub_.limits().connections ||
            (others != hub_.by_peer.end() && others->second >= hub_.limits().connections_per_peer);
        if (too_many || peer.empty()) {
            hub_.metrics.refused(ProblemCode::overloaded);
            return;  // closes it
        }
        boost::system::error_code ignored;
        (void)socket.set_option(Tcp::no_delay(true), ignored);
        if (tls_)
            net::co_spawn(io_, serve(hub_, Encrypted(std::move(socket), *tls_), std::move(peer)),
                          net::detached);
        else
            net::co_spawn(io_, serve(hub_, Plain(std::move(socket)), std::move(peer)),
                          net::detached);
    }

    /// Tells questions whose deadline has passed to stop; at the end of the grace, all of them.
    net::awaitable<void> watch() {
        for (;;) {
            tick_.expires_after(kTick);
            (void)co_await tick_.async_wait(kNoThrow);
            const auto now = Hub::Clock::now();
            for (Hub::Running& running : hub_.running) {
                if (running.deadline > now && now < grace_ends_) break;
                running.stop.request_stop();
            }
            end_questions_of_departed(hub_, now);
            if (!hub_.stopping) continue;
            for (const Hub::Open& open : hub_.open)
                if (open.idle || now >= grace_ends_) close(open);
            if (hub_.open.empty() || now >= grace_ends_ + std::chrono::seconds(1)) break;
        }
        io_.stop();
    }

    static void close(const Hub::Open& open) {
        boost::system::error_code ignored;
        (void)open.socket->shutdown(Tcp::socket::shutdown_both, ignored);
        (void)open.socket->cancel(ignored);
    }

    void end() {
        boost::system::error_code ignored;
        (void)acceptor_.close(ignored);
        hub_.stopping = true;
        grace_ends_ = Hub::Clock::now() + hub_.limits().stop_grace;
    }

    std::unique_ptr<net::ssl::context> tls_;
    // From here on in the order of need: work returns to the context, connections use the hub.
    Hub hub_;
    net::io_context io_{1};
    Tcp::acceptor acceptor_;
    net::steady_timer tick_;
    Hub::Clock::time_point grace_ends_ = Hub::Clock::time_point::max();
    Pool pool_;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

Expected<HttpServer> HttpServer::listen(const Settings& settings,
                                        std::vector<Route> routes,
                                        Hooks hooks) {
    auto tls = TRY(tls_of(settings));
    auto impl =
        std::make_unique<Impl>(settings, std::move(routes), std::move(hooks), std::move(tls));
    TRY(impl->bind());
    return HttpServer(std::move(impl));
}

std::uint16_t HttpServer::port() const {
    return impl_->port();
}

void HttpServer::run(const std::stop_token& stop) {
    impl_->run(stop);
}

}  // namespace wagetrail::server
