#include "chain/source/read_ahead.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace wagetrail {
namespace {

using Part = Expected<std::vector<SourceBlock>>;

std::uint64_t raw_bytes(const std::vector<SourceBlock>& blocks) {
    std::uint64_t sum = 0;
    for (const SourceBlock& block : blocks) sum += block.block.raw.size();
    return sum;
}

/// Parts between the fetching threads and the consumer.
class PartQueue {
  public:
    PartQueue(const ReadAhead& plan, Height from, Height to)
        : plan_(plan),
          claimed_(from.value),
          delivered_(from.value),
          end_(to.value + std::uint64_t{1}) {}

    void fetch_parts(unsigned thread, const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (changed_.wait(lock, stop, [this] { return may_claim() || finished(); })) {
            if (finished()) return;
            const Height first(static_cast<std::uint32_t>(claimed_));
            const auto count = static_cast<std::uint32_t>(
                std::clamp<std::uint64_t>(plan_.part(first), 1, end_ - claimed_));
            claimed_ += count;
            lock.unlock();
            Part part = plan_.fetch(thread, first, count, stop);
            lock.lock();
            if (part) {
                CHECK(part->size() == count);
                held_bytes_ += raw_bytes(*part);
            } else {
                failed_ = true;
            }
            ready_.emplace(first.value, std::move(part));
            changed_.notify_all();
        }
    }

    /// The part the consumer comes to next; nullopt when stopped.
    std::optional<Part> take(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        const bool there =
            changed_.wait(lock, stop, [this] { return ready_.contains(delivered_); });
        if (!there || stop.stop_requested()) return std::nullopt;
        const auto node = ready_.extract(delivered_);
        if (node.mapped()) {
            delivered_ += node.mapped()->size();
            held_bytes_ -= raw_bytes(*node.mapped());
            changed_.notify_all();
        }
        return std::move(node.mapped());
    }

    [[nodiscard]] bool all_delivered() const { return delivered_ == end_; }

  private:
    [[nodiscard]] bool may_claim() const {
        return held_bytes_ < plan_.bytes_max || claimed_ == delivered_;
    }
    [[nodiscard]] bool finished() const { return failed_ || claimed_ == end_; }

    const ReadAhead& plan_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<std::uint64_t, Part> ready_;  // by first height
    std::uint64_t claimed_;                // heights below it are fetched or being fetched
    std::uint64_t delivered_;              // written by the consumer only
    std::uint64_t end_;
    std::uint64_t held_bytes_ = 0;
    bool failed_ = false;
};

}  // namespace

Expected<void> ReadAhead::run(Height from,
                              Height to,
                              std::stop_token stop,
                              const std::function<Expected<void>(SourceBlock)>& sink) const {
    if (to < from) return {};
    PartQueue queue(*this, from, to);
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::max(threads, 1U); ++i)
        workers.emplace_back(
            [&queue, i](const std::stop_token& ended) { queue.fetch_parts(i, ended); });
    while (!queue.all_delivered()) {
        std::optional<Part> next = queue.take(stop);
        if (!next) return fail(ErrorCode::cancelled, "reading blocks was stopped");
        std::vector<SourceBlock> blocks = TRY(std::move(*next));
        for (SourceBlock& block : blocks) {
            if (stop.stop_requested())
                return fail(ErrorCode::cancelled, "reading blocks was stopped");
            TRY(sink(std::move(block)));
        }
    }
    return {};
}

}  // namespace wagetrail
