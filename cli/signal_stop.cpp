#include "cli/signal_stop.h"

#include <signal.h>

#include <stop_token>
#include <thread>

namespace wagetrail::cli {
namespace {

/// Wakes the watcher when the program is through. Anybody may send it; alone it means nothing.
constexpr int kWake = SIGUSR1;

sigset_t stops() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

sigset_t with_wake(sigset_t signals) {
    sigaddset(&signals, kWake);
    return signals;
}

sigset_t only_wake() {
    sigset_t signals;
    sigemptyset(&signals);
    return with_wake(signals);
}

}  // namespace

SignalStop::SignalStop() {
    const sigset_t blocked = with_wake(stops());
    pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
    signal(SIGPIPE, SIG_IGN);
    watcher_ = std::jthread([this](const std::stop_token& ended) { watch(ended); });
}

SignalStop::~SignalStop() {
    watcher_.request_stop();
    pthread_kill(watcher_.native_handle(), kWake);
}

void SignalStop::watch(const std::stop_token& ended) {
    sigset_t awaited = with_wake(stops());
    while (!ended.stop_requested()) {
        int number = 0;
        if (sigwait(&awaited, &number) != 0 || number == kWake) continue;
        stop_.request_stop();
        // From here on they do here what they do in any program.
        const sigset_t unblocked = stops();
        pthread_sigmask(SIG_UNBLOCK, &unblocked, nullptr);
        awaited = only_wake();
    }
}

}  // namespace wagetrail::cli
