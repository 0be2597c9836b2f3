#include "server/serve.h"

#include "chain/source/block_source.h"

#include "cli/commands.h"
#include "cli/print.h"
#include "cli/sizes.h"

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

/// LEDGER=SOURCE, each with the cookie that stands at the same place.
Expected<std::vector<question::SyncRequest>> followed(const ServeOptions& options) {
    if (options.cookies.size() > options.follow.size())
        return fail(ErrorCode::invalid, "there are more --rpc-cookie than --follow");
    if (options.read_only && !options.follow.empty())
        return fail(ErrorCode::invalid, "--follow writes an index, which --read-only forbids");
    std::vector<question::SyncRequest> all;
    for (const std::string& text : options.follow) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos)
            return fail(ErrorCode::invalid,
                        "--follow is no LEDGER=SOURCE, such as "
                        "ltc=rpc:http://127.0.0.1:9332");
        question::SyncRequest request{.ledger = TRY(parse_ledger(text.substr(0, equals))),
                                      .from = {.source = text.substr(equals + 1),
                                               .rpc_cookie = {},
                                               .rpc_user = options.rpc_user,
                                               .rpc_password = options.rpc_password},
                                      .memory_bytes = TRY(parse_memory(options.memory))};
        if (all.size() < options.cookies.size())
            request.from.rpc_cookie = options.cookies[all.size()];
        // Its text may hold a password, so no error repeats it.
        if (const auto known = check_source(request.from.source); !known)
            return fail(ErrorCode::invalid,
                        "--follow: the source is no files:DIR or rpc:http://HOST:PORT: " +
                            known.error().what);
        request.options.follow = true;
        all.push_back(std::move(request));
    }
    return all;
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
    server::ServeRequest request{
        .home = common.home,
        .scratch = common.scratch,
        .settings = {.address = std::move(listen.address),
                     .port = listen.port,
                     .certificate = options.certificate,
                     .private_key = options.private_key,
                     .hosts = options.hosts},
        .behind_proxy = options.behind_proxy,
        .require_key = options.require_key,
        .read_only = options.read_only,
        .audit = !options.no_audit,
        .transactions_at_once = options.at_once,
        .cache_bytes = TRY(parse_memory(options.cache)),
        .list_max_age_seconds = static_cast<std::int64_t>(options.list_max_age_hours) * 3600,
        .test_subjects = options.test_subjects,
        .follow = TRY(followed(options))};
    // More than processors: a question that takes long then shares one instead of holding it.
    request.settings.workers = options.workers > 0
                                   ? options.workers
                                   : 2 * std::max(1U, std::thread::hardware_concurrency());
    request.settings.rate = {.per_second = options.rate, .burst = options.rate * 2};
    request.settings.limits.deadline = std::chrono::seconds(options.deadline_seconds);
    const auto say = [](const std::string& what) {
        std::fprintf(stderr, "wagetrail: %s\n", what.c_str());
    };
    const auto ready = [&](const std::string& url) { say("serving on " + url); };
    TRY(server::serve(request, clock_now, {.ready = ready, .notice = say}, stop));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
