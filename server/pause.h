// Waits that a stop ends.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace wagetrail::server {

/// False: stopped meanwhile.
[[nodiscard]] inline bool pause(const std::stop_token& stop,
                                std::chrono::steady_clock::duration span) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    (void)wake.wait_for(lock, stop, span, [] { return false; });
    return !stop.stop_requested();
}

}  // namespace wagetrail::server
