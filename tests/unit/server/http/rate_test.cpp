#include "server/http/rate.h"

#include <catch2/catch.hpp>

namespace wagetrail::server {
namespace {

using std::chrono::milliseconds;

const RateLimiter::Instant kStart{};

}  // namespace

TEST_CASE("rate: a burst is granted, then one more for each part of a second", "[server][rate]") {
    RateLimiter rates(10);
    const Rate rate{.per_second = 2, .burst = 4};
    for (std::uint64_t left : {3U, 2U, 1U, 0U}) {
        const Allowance given = rates.take("a", rate, kStart);
        CHECK(given.granted);
        CHECK(given.remaining == left);
    }
    const Allowance refused = rates.take("a", rate, kStart);
    CHECK_FALSE(refused.granted);
    CHECK(refused.retry_seconds == 1);
    CHECK(refused.reset_seconds == 2);
    CHECK_FALSE(rates.take("a", rate, kStart + milliseconds(499)).granted);
    CHECK(rates.take("a", rate, kStart + milliseconds(500)).granted);
    CHECK_FALSE(rates.take("a", rate, kStart + milliseconds(500)).granted);
}

TEST_CASE("rate: callers do not pay for each other, and the quiet one is forgotten",
          "[server][rate]") {
    RateLimiter rates(2);
    const Rate rate{.per_second = 1, .burst = 1};
    CHECK(rates.take("a", rate, kStart).granted);
    CHECK(rates.take("b", rate, kStart).granted);
    CHECK_FALSE(rates.take("a", rate, kStart).granted);
    CHECK(rates.take("c", rate, kStart).granted);  // b goes
    CHECK(rates.callers() == 2);
    CHECK_FALSE(rates.take("a", rate, kStart).granted);
    CHECK(rates.take("b", rate, kStart).granted);
}

TEST_CASE("rate: a bucket is never more than full, and no rate is no limit", "[server][rate]") {
    RateLimiter rates(2);
    const Rate rate{.per_second = 1'000'000, .burst = 2};
    CHECK(rates.take("a", rate, kStart).granted);
    CHECK(rates.take("a", rate, kStart + std::chrono::hours(24 * 365)).remaining == 1);
    CHECK(rates.take("a", rate, kStart).granted);  // a clock that went back
    CHECK(rates.take("z", {}, kStart).limit == 0);
    CHECK(rates.callers() == 1);
}

}  // namespace wagetrail::server
