// Prepares blocks on a thread of its own while the caller connects earlier ones: hashing scripts
// and lifting keys cost more than half of a sync and need nothing from the database.
#pragma once

#include "index/derive.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace wagetrail::index {

/// The same without a thread.
[[nodiscard]] PreparedBlock prepare(LedgerId ledger,
                                    const Derivation& derivation,
                                    SourceBlock source);

/// First in, first out. One caller, who pops as often as he pushed or gives up the rest.
class Preparation {
  public:
    /// Borrows the derivation, whose `prepare` runs on the thread.
    Preparation(LedgerId ledger, const Derivation& derivation);
    Preparation(const Preparation&) = delete;
    Preparation& operator=(const Preparation&) = delete;
    Preparation(Preparation&&) = delete;
    Preparation& operator=(Preparation&&) = delete;
    ~Preparation();

    void push(SourceBlock source);
    [[nodiscard]] bool empty() const { return inside_ == 0; }
    /// Enough blocks are inside to keep both sides busy: pop before the next push.
    [[nodiscard]] bool full() const;
    /// Waits for the oldest block. Not on an empty one.
    [[nodiscard]] PreparedBlock pop();

  private:
    void work(const std::stop_token& stop);

    LedgerId ledger_;
    const Derivation& derivation_;
    // Of the caller's side.
    std::size_t inside_ = 0;
    std::uint64_t inside_bytes_ = 0;
    // Of both.
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<SourceBlock> raw_;
    std::deque<PreparedBlock> ready_;
    std::jthread thread_;  // last: it uses the rest
};

}  // namespace wagetrail::index
