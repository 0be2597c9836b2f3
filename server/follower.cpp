#include "server/follower.h"

#include "server/pause.h"
#include "server/yielding.h"

#include <chrono>

namespace wagetrail::server {
namespace {

constexpr std::chrono::seconds kRetry{10};

}  // namespace

Follower::Follower(std::string home,
                   question::SyncRequest request,
                   std::function<void(const std::string&)> notice,
                   std::function<Time()> now)
    : home_(std::move(home)),
      request_(std::move(request)),
      notice_(std::move(notice)),
      now_(std::move(now)),
      state_{.ledger = request_.ledger, .since = now_()},
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

FollowState Follower::state() const {
    const std::scoped_lock lock(mutex_);
    return state_;
}

void Follower::is_in(FollowPhase phase) {
    const std::scoped_lock lock(mutex_);
    if (state_.phase == phase) return;
    state_.phase = phase;
    state_.since = now_();
}

void Follower::failed(const std::string& why) {
    is_in(FollowPhase::failing);
    {
        const std::scoped_lock lock(mutex_);
        ++state_.errors;
        state_.last_error = {.what = why, .at = now_()};
    }
    notice_(std::string(params(request_.ledger).name) + ": " + why);
}

void Follower::run(const std::stop_token& stop) {
    yield_to_answers(Patience::nobody_waits);
    request_.options.at_tip = [this] { is_in(FollowPhase::at_tip); };
    // The source tells why it waits for its node, which may last for hours without an end.
    const question::SyncListener listener{
        .progress = [this](const auto&) { is_in(FollowPhase::reading); },
        .notice = [this](const std::string& why) { failed(why); }};
    do {
        const auto synced = question::sync(home_, request_, listener, stop);
        if (stop.stop_requested()) return;
        if (!synced) failed(synced.error().what + "; trying again in 10 s");
    } while (pause(stop, kRetry));
}

}  // namespace wagetrail::server
