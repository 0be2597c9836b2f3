#include "server/serve.h"

#include "cli/commands.h"
#include "cli/print.h"

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <thread>

namespace wagetrail::cli {
namespace {

Time clock_now() {
    return Time{std::chrono::duration_cast<std::chrono::seconds>(
                    std::chrono::system_clock::now().time_since_epoch())
                    .count()};
}

/// Each client takes a handle, each table of an index another.
void raise_handles() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

Outcome run(const CommonOptions& common, const ServeOptions& options, std::stop_token stop) {
    if (options.print_api) {
        TRY(print_text(server::api_document()));
        return ExitCode::done;
    }
    if (options.certificate.empty() != options.private_key.empty())
        return fail(ErrorCode::invalid, "TLS needs both --certificate and --private-key");
    raise_handles();
    server::ListenOn listen = TRY(server::parse_listen(options.listen));
    server::ServeRequest request{.home = common.home,
                                 .scratch = common.scratch,
                                 .settings = {.address = std::move(listen.address),
                                              .port = listen.port,
                                              .certificate = options.certificate,
                                              .private_key = options.private_key,
                                              .hosts = options.hosts},
                                 .behind_proxy = options.behind_proxy};
    request.settings.workers =
        options.workers > 0 ? options.workers : std::max(1U, std::thread::hardware_concurrency());
    request.settings.rate = {.per_second = options.rate, .burst = options.rate * 2};
    request.settings.limits.deadline = std::chrono::seconds(options.deadline_seconds);
    const auto ready = [](const std::string& url) {
        std::fprintf(stderr, "wagetrail: serving on %s\n", url.c_str());
    };
    TRY(server::serve(request, clock_now, ready, stop));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
