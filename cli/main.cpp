#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/signal_stop.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace wagetrail::cli {
namespace {

std::string environment(const char* name, std::string otherwise) {
    const char* const value = std::getenv(name);
    return value != nullptr && *value != '\0' ? std::string(value) : std::move(otherwise);
}

Surroundings look_around() {
    const std::string user_home = environment("HOME", "/root");
    const std::string data = environment("XDG_DATA_HOME", user_home + "/.local/share");
    return {.home = environment("WAGETRAIL_HOME", data + "/wagetrail"),
            .scratch = environment("TMPDIR", "/tmp"),
            .rpc_user = environment("WAGETRAIL_RPC_USER", ""),
            .rpc_password = environment("WAGETRAIL_RPC_PASSWORD", ""),
            .now_seconds = std::chrono::duration_cast<std::chrono::seconds>(
                               std::chrono::system_clock::now().time_since_epoch())
                               .count(),
            .stderr_is_terminal = isatty(STDERR_FILENO) == 1};
}

int complain(const Error& error) {
    std::fprintf(stderr, "wagetrail: %s\n", error.what.c_str());
    return static_cast<int>(exit_code(error.code));
}

int run_program(int argc, const char* const* argv) {
    auto parsed = parse_arguments(argc, argv, look_around());
    if (const auto* code = std::get_if<ExitCode>(&parsed)) return static_cast<int>(*code);
    const Invocation& invocation = std::get<Invocation>(parsed);
    const CommonOptions& common = invocation.common;
    if (const auto checked = question::check_moments(common, common.now()); !checked)
        return complain(checked.error());
    const SignalStop signals;
    const Outcome outcome =
        std::visit([&](const auto& options) { return run(common, options, signals.token()); },
                   invocation.command);
    if (!outcome) return complain(outcome.error());
    return static_cast<int>(*outcome);
}

}  // namespace

ExitCode exit_code(ErrorCode code) {
    switch (code) {
        case ErrorCode::invalid:
            return ExitCode::usage;
        case ErrorCode::not_found:
            return ExitCode::unknown;
        case ErrorCode::corrupt:
        case ErrorCode::io:
        case ErrorCode::limit:
        case ErrorCode::cancelled:
            return ExitCode::failure;
    }
    return ExitCode::failure;
}

}  // namespace wagetrail::cli

// Libraries' exceptions are caught where they are called; what is left is memory.
int main(int argc, char** argv) {
    try {
        return wagetrail::cli::run_program(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "wagetrail: %s; it cannot go on\n", error.what());
        return static_cast<int>(wagetrail::cli::ExitCode::failure);
    }
}
