#include "server/http/pool.h"

namespace wagetrail::server {

Pool::Pool(std::size_t workers, std::size_t queue_max) : queue_max_(queue_max) {
    for (std::size_t i = 0; i < workers; ++i)
        threads_.emplace_back([this, i](const std::stop_token& stop) { run(i, stop); });
}

Pool::~Pool() {
    for (std::jthread& thread : threads_) thread.request_stop();
    ready_.notify_all();
    threads_.clear();
}

bool Pool::has_room() const {
    const std::scoped_lock lock(mutex_);
    return queue_.size() < queue_max_;
}

std::size_t Pool::waiting() const {
    const std::scoped_lock lock(mutex_);
    return queue_.size();
}

void Pool::submit(Work work) {
    {
        const std::scoped_lock lock(mutex_);
        queue_.push_back(std::move(work));
    }
    ready_.notify_one();
}

void Pool::run(std::size_t worker, const std::stop_token& stop) {
    for (;;) {
        std::unique_lock lock(mutex_);
        if (!ready_.wait(lock, stop, [this] { return !queue_.empty(); }) || stop.stop_requested())
            return;
        Work work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        work(worker);
    }
}

}  // namespace wagetrail::server
