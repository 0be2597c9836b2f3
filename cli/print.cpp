#include "cli/print.h"

#include <signal.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace wagetrail::cli {
namespace {

/// Whoever read the answer has seen enough, as `head` has: no error, and nothing is left to do. The
/// signal was ignored for the connections to nodes; now it ends the program as it ends any other.
void end_as_by_broken_pipe() {
    signal(SIGPIPE, SIG_DFL);
    (void)raise(SIGPIPE);
}

}  // namespace

Expected<void> print(const CommonOptions& common, const report::Answer& answer) {
    return print_text(common.json ? answer.json + "\n" : answer.text);
}

Expected<void> print_text(const std::string& out) {
    const std::size_t written = std::fwrite(out.data(), 1, out.size(), stdout);
    if (written != out.size() || std::fflush(stdout) != 0) {
        if (errno == EPIPE) end_as_by_broken_pipe();
        return fail(ErrorCode::io, "cannot write the answer to standard output: " +
                                       std::string(std::strerror(errno)));
    }
    return {};
}

Expected<ExitCode> print(const CommonOptions& common,
                         const Expected<question::Answered>& answered) {
    if (!answered) return std::unexpected(answered.error());
    TRY(print(common, answered->answer));
    return exit_code(answered->conclusion);
}

ExitCode exit_code(question::Conclusion conclusion) {
    switch (conclusion) {
        case question::Conclusion::settled:
            return ExitCode::done;
        case question::Conclusion::found:
            return ExitCode::found;
        case question::Conclusion::open:
            return ExitCode::unknown;
    }
    return ExitCode::failure;
}

}  // namespace wagetrail::cli
