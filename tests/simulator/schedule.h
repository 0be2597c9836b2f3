// What people will do and when. Actions due at the same time run in the order they were planned.
#pragma once

#include "chain/base/time.h"

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace wagetrail::simulator {

inline constexpr std::int64_t kHour = 3600;
inline constexpr std::int64_t kDay = 24 * kHour;

class Schedule {
  public:
    using Action = std::function<void()>;

    void at(Time time, Action action) {
        planned_.emplace(std::pair(time, ++count_), std::move(action));
    }
    /// Runs everything planned up to now, including what is planned meanwhile for that span.
    void run_until(Time now) {
        while (!planned_.empty() && planned_.begin()->first.first <= now) {
            const Action action = std::move(planned_.begin()->second);
            planned_.erase(planned_.begin());
            action();
        }
    }

  private:
    std::map<std::pair<Time, std::uint64_t>, Action> planned_;
    std::uint64_t count_ = 0;
};

}  // namespace wagetrail::simulator
