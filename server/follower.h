// Keeps the index of one ledger at its node's tip, in the process that serves. What fails is said
// and tried again: a node that restarts must not end the server.
#pragma once

#include "heuristics/question/sync_question.h"

#include "server/follow_state.h"

#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace wagetrail::server {

class Follower {
  public:
    Follower(std::string home,
             question::SyncRequest request,
             std::function<void(const std::string&)> notice,
             std::function<Time()> now);
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;
    Follower(Follower&&) = delete;
    Follower& operator=(Follower&&) = delete;
    /// Ends after the block in hand.
    ~Follower() = default;

    /// Any thread.
    [[nodiscard]] FollowState state() const;

  private:
    void run(const std::stop_token& stop);
    void is_in(FollowPhase phase);
    void failed(const std::string& why);

    std::string home_;
    question::SyncRequest request_;
    std::function<void(const std::string&)> notice_;
    std::function<Time()> now_;
    mutable std::mutex mutex_;
    FollowState state_;    // under mutex_
    std::jthread thread_;  // last: it uses the rest
};

}  // namespace wagetrail::server
