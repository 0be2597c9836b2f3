// Times of many questions of one kind, and numbers to draw them by.
#pragma once

#include "chain/base/expected.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>
#include <vector>

namespace wagetrail::bench {

class Samples {
  public:
    template <class Work>
    Expected<void> time(const Work& work) {
        const auto begun = std::chrono::steady_clock::now();
        TRY(work());
        const std::chrono::duration<double, std::micro> took =
            std::chrono::steady_clock::now() - begun;
        micros_.push_back(took.count());
        return {};
    }
    [[nodiscard]] double last() const { return micros_.back(); }
    [[nodiscard]] nlohmann::json json() {
        if (micros_.empty()) return {{"count", 0}};
        std::sort(micros_.begin(), micros_.end());
        return {{"count", micros_.size()},
                {"p50_us", micros_[micros_.size() / 2]},
                {"p99_us", micros_[micros_.size() * 99 / 100]},
                {"max_us", micros_.back()}};
    }

  private:
    std::vector<double> micros_;
};

/// Numbers below an end, the same on every machine (a distribution of <random> would not be).
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}
    std::uint64_t below(std::uint64_t end) { return engine_() % end; }

  private:
    std::mt19937_64 engine_;
};

}  // namespace wagetrail::bench
