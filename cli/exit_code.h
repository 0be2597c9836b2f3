// What a command tells the shell (DESIGN: exit codes). Scripts depend on the numbers.
#pragma once

#include "chain/base/expected.h"

#include <cstdint>

namespace wagetrail::cli {

enum class ExitCode : std::uint8_t {
    done = 0,
    found = 1,    // value reached the target, a listing was found, a replay differs
    usage = 2,    // the command line or an input is wrong
    unknown = 3,  // not on the chain, or the answer is incomplete
    failure = 4,  // disk, network, damage, a limit, or stopped
};

[[nodiscard]] ExitCode exit_code(ErrorCode code);

}  // namespace wagetrail::cli
