// The processors that answer, and the queue before them. Bounded: what does not fit is refused at
// once, so that a client can go elsewhere, instead of being answered when it no longer waits.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace wagetrail::server {

class Pool {
  public:
    /// worker: 0 to workers - 1, always the same thread.
    using Work = std::move_only_function<void(std::size_t worker)>;

    Pool(std::size_t workers, std::size_t queue_max);
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
    Pool(Pool&&) = delete;
    Pool& operator=(Pool&&) = delete;
    /// Waits for what runs; what waits is never run.
    ~Pool();

    /// Any thread. False: the queue is full.
    [[nodiscard]] bool has_room() const;
    /// Beyond the bound too: whoever asks has_room first, alone, never is.
    void submit(Work work);
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] std::size_t workers() const { return threads_.size(); }

  private:
    void run(std::size_t worker, const std::stop_token& stop);

    std::size_t queue_max_;
    mutable std::mutex mutex_;
    std::condition_variable_any ready_;
    std::deque<Work> queue_;
    std::vector<std::jthread> threads_;
};

}  // namespace wagetrail::server
