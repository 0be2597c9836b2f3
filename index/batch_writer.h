// Writes one batch at a time on a thread of its own, so that the next block can be worked out
// meanwhile.
#pragma once

#include "index/database.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace wagetrail::index {

class BatchWriter {
  public:
    /// Borrows the database.
    explicit BatchWriter(Database& database);
    BatchWriter(const BatchWriter&) = delete;
    BatchWriter& operator=(const BatchWriter&) = delete;
    BatchWriter(BatchWriter&&) = delete;
    BatchWriter& operator=(BatchWriter&&) = delete;
    /// Ends the write at hand, if there is one; its result is lost.
    ~BatchWriter();

    /// Only after wait().
    void submit(Batch batch, Durability durability);
    /// The result of what was submitted; success when there was nothing.
    [[nodiscard]] Expected<void> wait();

  private:
    struct Job {
        Batch batch;
        Durability durability = Durability::process_kill;
    };
    void work(const std::stop_token& stop);

    Database& database_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<Job> job_;  // until it is written
    Expected<void> result_;
    std::jthread thread_;  // last: it uses the rest
};

}  // namespace wagetrail::index
