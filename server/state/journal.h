// Writes the audit log beside the answers: what was answered is noted at once and reaches the disk
// with the next batch, a fraction of a second later. A disk that takes no more stops the answers,
// not the record.
#pragma once

#include "chain/base/time.h"

#include "index/lists/sqlite.h"

#include "server/http/hooks.h"

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace wagetrail::server {

class Journal {
  public:
    /// notice: told of a disk that takes no batch, and when it takes one again.
    Journal(lists::Sqlite state,
            std::function<Time()> now,
            std::function<void(const std::string&)> notice);
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    Journal(Journal&&) = delete;
    Journal& operator=(Journal&&) = delete;
    /// Writes what is left.
    ~Journal() = default;

    /// Any thread; neither waits for the disk. trouble: why nothing should be answered just now:
    /// the disk takes no more, or is too slow for what comes.
    [[nodiscard]] std::optional<Problem> trouble() const;
    void record(Exchanged exchanged);

  private:
    using Noted = std::pair<Time, Exchanged>;

    void run(const std::stop_token& stop);
    [[nodiscard]] bool write(const std::vector<Noted>& batch);

    lists::Sqlite state_;
    std::function<Time()> now_;
    std::function<void(const std::string&)> notice_;
    std::atomic<bool> failing_ = false;  // set by the thread
    mutable std::mutex mutex_;
    std::condition_variable_any ready_;
    std::vector<Noted> waiting_;
    std::jthread thread_;  // last: it uses the rest
};

}  // namespace wagetrail::server
