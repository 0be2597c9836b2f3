#include "server/serve.h"

#include "chain/base/number.h"

#include "server/http/http_server.h"
#include "server/http/open_api.h"
#include "server/http/own_routes.h"
#include "server/routes/routes.h"
#include "server/service.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace wagetrail::server {
namespace {

bool is_this_machine(const std::string& address) {
    return address == "::1" || address.starts_with("127.");
}

/// Keys are not there yet, so only a proxy can say who asks.
Expected<void> check_reach(const ServeRequest& request) {
    if (is_this_machine(request.settings.address) || request.behind_proxy) return {};
    return fail(ErrorCode::invalid,
                "listening on " + request.settings.address +
                    " would answer anybody who reaches it; listen on 127.0.0.1, or put a proxy "
                    "with TLS and authentication before it and say --behind-proxy");
}

/// Looks for news until told to stop.
void keep_fresh(Service& service, std::chrono::milliseconds every, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    std::chrono::steady_clock::duration pause = every;
    while (!wake.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) {
        const auto begun = std::chrono::steady_clock::now();
        service.refresh();
        // Opening a large index beside a sync must not be all that is done.
        pause = std::max<std::chrono::steady_clock::duration>(
            every, (std::chrono::steady_clock::now() - begun) * 20);
    }
}

std::string url_of(const Settings& settings, std::uint16_t port) {
    const bool v6 = settings.address.find(':') != std::string::npos;
    return std::string(settings.certificate.empty() ? "http" : "https") + "://" + (v6 ? "[" : "") +
           settings.address + (v6 ? "]" : "") + ":" + std::to_string(port);
}

}  // namespace

Expected<ListenOn> parse_listen(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    ListenOn listen{.address = "127.0.0.1"};
    if (colon != std::string_view::npos) {
        std::string_view address = text.substr(0, colon);
        if (address.starts_with('[') && address.ends_with(']'))
            address = address.substr(1, address.size() - 2);
        listen.address = address == "localhost" ? "127.0.0.1" : std::string(address);
    }
    const auto port = parse_number(text.substr(colon == std::string_view::npos ? 0 : colon + 1));
    if (!port || *port > 0xFFFF || listen.address.empty())
        return fail(ErrorCode::invalid, "--listen \"" + std::string(text) +
                                            "\" is no ADDRESS:PORT, such as 127.0.0.1:8650");
    listen.port = static_cast<std::uint16_t>(*port);
    return listen;
}

Expected<void> serve(const ServeRequest& request,
                     const std::function<Time()>& now,
                     const std::function<void(const std::string& url)>& ready,
                     const std::stop_token& stop) {
    TRY(check_reach(request));
    Service service(request.home, request.scratch, request.settings.workers);
    HttpServer server = TRY(HttpServer::listen(request.settings, api_routes(service, now)));
    const std::jthread fresh(
        [&](const std::stop_token& end) { keep_fresh(service, request.refresh, end); });
    ready(url_of(request.settings, server.port()));
    server.run(stop);
    return {};
}

std::string api_document() {
    Service service("", "", 1);
    std::vector<Route> routes = api_routes(service, [] { return Time{}; });
    for (Route& route : own_routes({})) routes.push_back(std::move(route));
    return api_page(routes);
}

}  // namespace wagetrail::server
