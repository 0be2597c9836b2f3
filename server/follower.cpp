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
                   std::function<void(const std::string&)> notice)
    : home_(std::move(home)),
      request_(std::move(request)),
      notice_(std::move(notice)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Follower::run(const std::stop_token& stop) const {
    yield_to_answers(Patience::nobody_waits);
    const std::string name(params(request_.ledger).name);
    const auto tell = [&](const std::string& what) { notice_(name + ": " + what); };
    do {
        const auto synced =
            question::sync(home_, request_, {.progress = [](const auto&) {}, .notice = tell}, stop);
        if (stop.stop_requested()) return;
        if (!synced) tell(synced.error().what + "; trying again in 10 s");
    } while (pause(stop, kRetry));
}

}  // namespace wagetrail::server
