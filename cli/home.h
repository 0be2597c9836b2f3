// The data directory that the command line names.
#pragma once

#include "heuristics/question/home.h"

#include "cli/options.h"

namespace wagetrail::cli {

[[nodiscard]] inline question::Home home_of(const CommonOptions& common) {
    return {common.home, common.scratch};
}

}  // namespace wagetrail::cli
