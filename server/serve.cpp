#include "server/serve.h"

#include "chain/base/number.h"

#include "index/disk_space.h"

#include "server/follower.h"
#include "server/http/http_server.h"
#include "server/http/open_api.h"
#include "server/http/own_routes.h"
#include "server/pause.h"
#include "server/routes/routes.h"
#include "server/routes/test_subjects.h"
#include "server/service.h"
#include "server/state/keeping.h"
#include "server/state/key_watch.h"
#include "server/state/state_file.h"

#include <deque>
#include <memory>
#include <optional>
#include <thread>

namespace wagetrail::server {
namespace {

constexpr std::uint64_t kRoomToKeep = std::uint64_t{8} << 20U;

bool is_this_machine(const std::string& address) {
    return address == "::1" || address.starts_with("127.");
}

/// Beyond this machine, a key must say who asks, and nobody on the way may read it.
Expected<void> check_reach(const ServeRequest& request, bool has_keys) {
    if (request.require_key && !has_keys)
        return fail(ErrorCode::invalid,
                    "there is no key, so nobody could ask; run wagetrail keys add NAME");
    if (is_this_machine(request.settings.address) || request.behind_proxy) return {};
    if (has_keys && !request.settings.certificate.empty()) return {};
    return fail(ErrorCode::invalid,
                "listening on " + request.settings.address +
                    " would answer anybody who reaches it; make a key (wagetrail keys add NAME) "
                    "and give --certificate and --private-key, or listen on 127.0.0.1, or put a "
                    "proxy with TLS and authentication before it and say --behind-proxy");
}

bool needs_key(const ServeRequest& request) {
    return request.require_key ||
           (!is_this_machine(request.settings.address) && !request.behind_proxy);
}

Hooks hooks_of(const ServeRequest& request, const KeyWatch& keys, Keeping* keeping) {
    Hooks hooks;
    hooks.admit = [&keys](const HeaderFields& headers) { return keys.doorman().admit(headers); };
    if (keeping == nullptr || !request.audit) return hooks;
    hooks.record_trouble = [journal = &keeping->journal] { return journal->trouble(); };
    hooks.record = [journal = &keeping->journal](Exchanged exchanged) {
        journal->record(std::move(exchanged));
    };
    return hooks;
}

/// Why not everything that is asked can be kept, or soon cannot: whoever shares out the questions
/// should go elsewhere before a write fails.
std::optional<Problem> disk_state(const std::string& home, const Journal* journal) {
    if (journal != nullptr)
        if (auto trouble = journal->trouble()) return trouble;
    if (index::require_space(home, kRoomToKeep)) return std::nullopt;
    return disk_trouble("the disk of the server has less than 8 MiB left");
}

/// Looks for news until told to stop.
void keep_fresh(Service& service,
                KeyWatch& keys,
                std::chrono::milliseconds every,
                const std::stop_token& stop) {
    std::chrono::steady_clock::duration next = every;
    while (pause(stop, next)) {
        const auto begun = std::chrono::steady_clock::now();
        (void)keys.look();  // of a file that cannot be read, those known before stay in force
        service.refresh();
        // Opening a large index beside a sync must not be all that is done.
        next = std::max<std::chrono::steady_clock::duration>(
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
                     const ServeListener& listener,
                     const std::stop_token& stop) {
    if (request.follow.empty()) TRY(check_home(request.home));
    KeyWatch keys(request.home, needs_key(request));
    TRY(keys.look());
    TRY(check_reach(request, keys.has_keys()));
    Service service(request.home, request.scratch, request.settings.workers, request.cache_bytes,
                    now);
    std::unique_ptr<Keeping> keeping;
    if (!request.read_only)
        keeping = TRY(Keeping::open(
            request.home, {.jobs = trace_jobs(service), .now = now, .notice = listener.notice}));
    RouteOptions options{.transactions_at_once = request.transactions_at_once,
                         .list_max_age_seconds = request.list_max_age_seconds,
                         .test_subjects = request.test_subjects};
    if (keeping) {
        options.jobs = &keeping->book;
        options.replies = &keeping->replies;
        options.cases = &keeping->cases;
        options.trouble = [&home = request.home,
                           journal = request.audit ? &keeping->journal : nullptr] {
            return disk_state(home, journal);
        };
    }
    std::deque<Follower> followers;
    const auto follows = [&followers] {
        std::vector<FollowState> states;
        for (const Follower& follower : followers) states.push_back(follower.state());
        return states;
    };
    options.follows = follows;
    Hooks hooks = hooks_of(request, keys, keeping.get());
    hooks.more_metrics = [follows] { return follow_metrics(follows()); };
    HttpServer server = TRY(
        HttpServer::listen(request.settings, api_routes(service, options, now), std::move(hooks)));
    for (const question::SyncRequest& each : request.follow)
        followers.emplace_back(request.home, each, listener.notice, now);
    const std::jthread fresh(
        [&](const std::stop_token& end) { keep_fresh(service, keys, request.refresh, end); });
    listener.ready(url_of(request.settings, server.port()));
    server.run(stop);
    return {};
}

std::string api_document() {
    const auto now = [] { return Time{}; };
    Service service("", "", 1, /*cache_bytes=*/0, now);
    std::vector<Route> routes = api_routes(service, {}, now);
    for (Route& route : own_routes({})) routes.push_back(std::move(route));
    return api_page(routes) + "\n### Test subjects\n\n" + test_subjects_page();
}

}  // namespace wagetrail::server
