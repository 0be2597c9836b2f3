#include "server/http/metrics.h"

#include <initializer_list>
#include <string_view>

namespace wagetrail::server {
namespace {

struct Bound {
    std::uint64_t microseconds;
    const char* seconds;
};

constexpr std::array<Bound, 14> kBounds{{{100, "0.0001"},
                                         {250, "0.00025"},
                                         {500, "0.0005"},
                                         {1'000, "0.001"},
                                         {2'500, "0.0025"},
                                         {5'000, "0.005"},
                                         {10'000, "0.01"},
                                         {25'000, "0.025"},
                                         {50'000, "0.05"},
                                         {100'000, "0.1"},
                                         {250'000, "0.25"},
                                         {1'000'000, "1"},
                                         {5'000'000, "5"},
                                         {30'000'000, "30"}}};

constexpr std::uint64_t kNano = 1'000'000'000;

std::string seconds_text(std::uint64_t nanoseconds) {
    std::string fraction = std::to_string(nanoseconds % kNano);
    fraction.insert(0, 9 - fraction.size(), '0');
    return std::to_string(nanoseconds / kNano) + "." + fraction;
}

void add(std::string& out, std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts) out += part;
}

}  // namespace

void Metrics::answered(std::size_t route, unsigned status, std::chrono::nanoseconds took) {
    Counts& counts = routes_.at(route);
    ++counts.statuses[status];
    ++counts.count;
    const auto nanoseconds = static_cast<std::uint64_t>(took.count());
    counts.nanoseconds += nanoseconds;
    for (std::size_t i = 0; i < kBuckets; ++i)
        if (nanoseconds <= kBounds[i].microseconds * 1'000) ++counts.within[i];
}

std::string Metrics::text(std::span<const Route> routes, std::size_t waiting) const {
    std::string out =
        "# HELP wagetrail_requests_total Requests by route and status.\n"
        "# TYPE wagetrail_requests_total counter\n";
    for (std::size_t i = 0; i < routes.size(); ++i)
        for (const auto& [status, count] : routes_[i].statuses)
            out += "wagetrail_requests_total{route=\"" + routes[i].name + "\",status=\"" +
                   std::to_string(status) + "\"} " + std::to_string(count) + "\n";
    out +=
        "# HELP wagetrail_request_seconds Time from the last byte of a request to its answer.\n"
        "# TYPE wagetrail_request_seconds histogram\n";
    for (std::size_t i = 0; i < routes.size(); ++i) {
        const Counts& counts = routes_[i];
        if (counts.count == 0) continue;
        const std::string of = "{route=\"" + routes[i].name + "\"";
        for (std::size_t b = 0; b < kBuckets; ++b)
            add(out, {"wagetrail_request_seconds_bucket", of, ",le=\"", kBounds[b].seconds, "\"} ",
                      std::to_string(counts.within[b]), "\n"});
        const std::string count = std::to_string(counts.count);
        add(out, {"wagetrail_request_seconds_bucket", of, ",le=\"+Inf\"} ", count, "\n"});
        add(out, {"wagetrail_request_seconds_sum", of, "} ", seconds_text(counts.nanoseconds),
                  "\nwagetrail_request_seconds_count", of, "} ", count, "\n"});
    }
    out +=
        "# HELP wagetrail_refusals_total Refusals by code.\n"
        "# TYPE wagetrail_refusals_total counter\n";
    for (const auto& [code, count] : refusals_)
        out += "wagetrail_refusals_total{code=\"" + std::string(code) + "\"} " +
               std::to_string(count) + "\n";
    out +=
        "# HELP wagetrail_connections Open connections.\n# TYPE wagetrail_connections gauge\n"
        "wagetrail_connections " +
        std::to_string(connections_) +
        "\n# HELP wagetrail_cut_off_total Clients that were too slow.\n"
        "# TYPE wagetrail_cut_off_total counter\nwagetrail_cut_off_total " +
        std::to_string(cut_off_) +
        "\n# HELP wagetrail_left_total Questions ended as their client had left.\n"
        "# TYPE wagetrail_left_total counter\nwagetrail_left_total " +
        std::to_string(left_) +
        "\n# HELP wagetrail_queue Questions that wait for a processor.\n"
        "# TYPE wagetrail_queue gauge\nwagetrail_queue " +
        std::to_string(waiting) + "\n";
    return out;
}

}  // namespace wagetrail::server
