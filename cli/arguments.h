// argv to options: the one file pair that knows CLI11. --help of a command begins with examples.
#pragma once

#include "cli/exit_code.h"
#include "cli/options.h"

#include <variant>

namespace wagetrail::cli {

struct Invocation {
    CommonOptions common;
    Command command;
};

/// The invocation, or the exit code when there is nothing to run: help or version was printed to
/// stdout, or a usage error to stderr.
[[nodiscard]] std::variant<Invocation, ExitCode> parse_arguments(int argc,
                                                                 const char* const* argv,
                                                                 const Surroundings& around);

}  // namespace wagetrail::cli
