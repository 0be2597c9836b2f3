// For threads whose work can wait: on a busy machine those that answer go before them.
#pragma once

#include <sys/resource.h>

#include <cstdint>

namespace wagetrail::server {

enum class Patience : std::uint8_t {
    somebody_waits,  // a job: a quarter of a processor that answers take as well
    nobody_waits,    // a sync: what is left over
};

/// The calling thread, and those it starts from now on. Linux has a priority for each thread; where
/// it is refused, the thread goes on as it was.
inline void yield_to_answers(Patience patience) {
    constexpr int kNiceOfJobs = 5;
    constexpr int kNiceOfSyncs = 15;
    (void)setpriority(PRIO_PROCESS, 0,
                      patience == Patience::somebody_waits ? kNiceOfJobs : kNiceOfSyncs);
}

}  // namespace wagetrail::server
