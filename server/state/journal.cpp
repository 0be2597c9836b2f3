#include "server/state/journal.h"

#include "server/state/audit_chain.h"

#include <chrono>
#include <iterator>

namespace wagetrail::server {
namespace {

constexpr std::size_t kWaitingMax = 65'536;
constexpr std::chrono::milliseconds kBatchTime{100};
constexpr std::chrono::seconds kRetry{1};

}  // namespace

Journal::Journal(lists::Sqlite state,
                 std::function<Time()> now,
                 std::function<void(const std::string&)> notice)
    : state_(std::move(state)),
      now_(std::move(now)),
      notice_(std::move(notice)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

std::optional<Problem> Journal::trouble() const {
    if (failing_) return disk_trouble("the audit log cannot be written, so nothing is answered");
    const std::scoped_lock lock(mutex_);
    if (waiting_.size() < kWaitingMax) return std::nullopt;
    return overloaded();
}

void Journal::record(Exchanged exchanged) {
    const Time at = now_();
    const std::scoped_lock lock(mutex_);
    waiting_.emplace_back(at, std::move(exchanged));
    if (waiting_.size() == 1) ready_.notify_one();
}

bool Journal::write(const std::vector<Noted>& batch) {
    std::string lines;
    for (const auto& [at, exchanged] : batch) lines += audit_line(exchanged, at);
    const auto written = append_batch(state_, now_(), lines, batch.size());
    if (!written && !failing_)
        notice_("the audit log cannot be written, and questions are refused until it can: " +
                written.error().what);
    if (written && failing_) notice_("the audit log is written again");
    failing_ = !written;
    return written.has_value();
}

void Journal::run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    const auto never = [] { return false; };
    while (true) {
        ready_.wait(lock, stop, [&] { return !waiting_.empty(); });
        if (waiting_.empty()) return;  // told to stop, with nothing left
        // What comes in the next moment shares the batch, and its way to the disk.
        ready_.wait_for(lock, stop, failing_ ? kRetry : kBatchTime, never);
        std::vector<Noted> batch = std::exchange(waiting_, {});
        lock.unlock();
        const bool written = write(batch);
        lock.lock();
        if (written) continue;
        if (stop.stop_requested()) return;
        batch.insert(batch.end(), std::make_move_iterator(waiting_.begin()),
                     std::make_move_iterator(waiting_.end()));
        waiting_ = std::move(batch);
    }
}

}  // namespace wagetrail::server
