#include "index/batch_writer.h"

namespace wagetrail::index {

BatchWriter::BatchWriter(Database& database)
    : database_(database), thread_([this](const std::stop_token& stop) { work(stop); }) {}

BatchWriter::~BatchWriter() = default;

void BatchWriter::submit(Batch batch, Durability durability) {
    {
        const std::lock_guard lock(mutex_);
        CHECK(!job_);
        job_ = Job{.batch = std::move(batch), .durability = durability};
    }
    changed_.notify_all();
}

Expected<void> BatchWriter::wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !job_; });
    return std::exchange(result_, {});
}

void BatchWriter::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return job_.has_value(); })) {
        lock.unlock();
        // Nobody touches the job while it is there.
        Expected<void> result = database_.write(job_->batch, job_->durability);
        lock.lock();
        result_ = std::move(result);
        job_.reset();
        changed_.notify_all();
    }
}

}  // namespace wagetrail::index
