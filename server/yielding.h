// For threads whose work can wait: on a busy machine those that answer go before them.
#pragma once

#include <sys/resource.h>

namespace wagetrail::server {

/// The calling thread, and those it starts from now on. Linux has a priority for each thread; where
/// it is refused, the thread goes on as it was.
inline void yield_to_answers() {
    constexpr int kNice = 15;
    (void)setpriority(PRIO_PROCESS, 0, kNice);
}

}  // namespace wagetrail::server
