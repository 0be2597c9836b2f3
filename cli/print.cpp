#include "cli/print.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace wagetrail::cli {

Expected<void> print(const CommonOptions& common, const report::Answer& answer) {
    const std::string out = common.json ? answer.json + "\n" : answer.text;
    const std::size_t written = std::fwrite(out.data(), 1, out.size(), stdout);
    if (written != out.size() || std::fflush(stdout) != 0)
        return fail(ErrorCode::io, "cannot write the answer to standard output: " +
                                       std::string(std::strerror(errno)));
    return {};
}

}  // namespace wagetrail::cli
