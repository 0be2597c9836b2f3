// SIGINT and SIGTERM as a stop request. The first one asks; a second one ends the process at once,
// whatever it is doing. One per process, made before any other thread, so that all threads inherit
// what is blocked here. SIGPIPE is ignored: a reader that went away is an error of the write.
#pragma once

#include <stop_token>
#include <thread>

namespace wagetrail::cli {

class SignalStop {
  public:
    SignalStop();
    ~SignalStop();
    SignalStop(const SignalStop&) = delete;
    SignalStop& operator=(const SignalStop&) = delete;
    SignalStop(SignalStop&&) = delete;
    SignalStop& operator=(SignalStop&&) = delete;

    [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

  private:
    void watch(const std::stop_token& ended);

    std::stop_source stop_;
    std::jthread watcher_;
};

}  // namespace wagetrail::cli
