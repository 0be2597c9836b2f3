// What the server counts, for Prometheus. Written by the one thread that talks to clients.
#pragma once

#include "server/http/route.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace wagetrail::server {

class Metrics {
  public:
    explicit Metrics(std::size_t routes) : routes_(routes) {}

    void answered(std::size_t route, unsigned status, std::chrono::nanoseconds took);
    /// Also of requests that no route took.
    void refused(ProblemCode code) { ++refusals_[kind_of(code).name]; }
    void opened() { ++connections_; }
    void closed() { --connections_; }
    /// A client that was too slow.
    void cut_off() { ++cut_off_; }
    /// A client that left before its answer was ready.
    void left() { ++left_; }
    [[nodiscard]] std::uint64_t connections() const { return connections_; }

    /// Text format 0.0.4.
    [[nodiscard]] std::string text(std::span<const Route> routes, std::size_t waiting) const;

  private:
    static constexpr std::size_t kBuckets = 14;

    struct Counts {
        std::map<unsigned, std::uint64_t> statuses;
        std::array<std::uint64_t, kBuckets> within{};  // of kBounds
        std::uint64_t count = 0;
        std::uint64_t nanoseconds = 0;
    };

    std::vector<Counts> routes_;
    std::map<std::string_view, std::uint64_t> refusals_;
    std::uint64_t connections_ = 0;
    std::uint64_t cut_off_ = 0;
    std::uint64_t left_ = 0;
};

}  // namespace wagetrail::server
