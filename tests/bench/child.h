// Runs one measurement in a process of its own, so that its peak of memory, its processor time and
// its bytes written are its own, on as many processors as it may use.
#pragma once

#include "chain/base/expected.h"

#include <cstdint>
#include <functional>
#include <string>

namespace wagetrail::bench {

struct ChildCost {
    double wall_seconds = 0;
    double cpu_seconds = 0;  // user and system, of all threads
    std::uint64_t peak_rss_bytes = 0;
    std::uint64_t written_bytes = 0;  // that the system sent to the disk for it
};

struct ChildResult {
    ChildCost cost;
    std::string output;  // what the function returned
};

/// Forks, keeps the child to the first `cpus` processors allowed to this process, calls work there
/// and returns its text. invalid when there are fewer processors; io with the child's words when
/// work fails or the child dies. Call it while this process has one thread.
[[nodiscard]] Expected<ChildResult> run_in_child(
    unsigned cpus, const std::function<Expected<std::string>()>& work);

}  // namespace wagetrail::bench
