// How often a caller may ask: a bucket of tokens that fills at a steady rate. Constant memory for
// each caller and a bounded number of them; the clock is an argument.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <unordered_map>

namespace wagetrail::server {

struct Rate {
    std::uint64_t per_second = 0;  // 0: no limit
    std::uint64_t burst = 0;
};

/// What X-RateLimit-* say.
struct Allowance {
    bool granted = true;
    std::uint64_t limit = 0;
    std::uint64_t remaining = 0;
    std::uint64_t reset_seconds = 0;  // until the bucket is full
    std::uint64_t retry_seconds = 0;  // until one token is there, at least 1; if not granted
};

/// Not thread-safe.
class RateLimiter {
  public:
    using Instant = std::chrono::steady_clock::time_point;

    explicit RateLimiter(std::size_t callers_max) : callers_max_(callers_max) {}
    [[nodiscard]] Allowance take(const std::string& caller, const Rate& rate, Instant now);
    [[nodiscard]] std::size_t callers() const { return buckets_.size(); }

  private:
    struct Bucket {
        std::uint64_t micro_tokens = 0;
        Instant at;
        std::list<std::string>::iterator place;  // in order of use
    };

    std::size_t callers_max_;
    std::unordered_map<std::string, Bucket> buckets_;
    std::list<std::string> by_use_;  // the one quiet longest first
};

}  // namespace wagetrail::server
