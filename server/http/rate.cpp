#include "server/http/rate.h"

#include <algorithm>

namespace wagetrail::server {
namespace {

constexpr std::uint64_t kToken = 1'000'000;

std::uint64_t seconds_for(std::uint64_t micro_tokens, std::uint64_t per_second) {
    const std::uint64_t per = per_second * kToken;
    return (micro_tokens + per - 1) / per;
}

}  // namespace

Allowance RateLimiter::take(const std::string& caller, const Rate& rate, Instant now) {
    if (rate.per_second == 0) return {};
    const std::uint64_t full = std::max(rate.burst, std::uint64_t{1}) * kToken;
    auto found = buckets_.find(caller);
    if (found == buckets_.end()) {
        if (buckets_.size() >= callers_max_) {
            buckets_.erase(by_use_.front());
            by_use_.pop_front();
        }
        by_use_.push_back(caller);
        found = buckets_.emplace(caller, Bucket{full, now, std::prev(by_use_.end())}).first;
    }
    Bucket& bucket = found->second;
    by_use_.splice(by_use_.end(), by_use_, bucket.place);
    // An hour fills any bucket; more would overflow.
    const auto passed =
        std::clamp(std::chrono::duration_cast<std::chrono::microseconds>(now - bucket.at),
                   std::chrono::microseconds(0), std::chrono::microseconds(std::chrono::hours(1)));
    bucket.at = now;
    bucket.micro_tokens = std::min(
        full, bucket.micro_tokens + static_cast<std::uint64_t>(passed.count()) * rate.per_second);
    Allowance allowance{.granted = bucket.micro_tokens >= kToken, .limit = full / kToken};
    if (allowance.granted)
        bucket.micro_tokens -= kToken;
    else
        allowance.retry_seconds =
            std::max<std::uint64_t>(1, seconds_for(kToken - bucket.micro_tokens, rate.per_second));
    allowance.remaining = bucket.micro_tokens / kToken;
    allowance.reset_seconds = seconds_for(full - bucket.micro_tokens, rate.per_second);
    return allowance;
}

}  // namespace wagetrail::server
