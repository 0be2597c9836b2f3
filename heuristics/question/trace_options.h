// What is asked of a walk, as the asker writes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::question {

inline constexpr std::string_view kCategoryPrefix = "category:";  // in TraceOptions::to

struct TraceOptions {
    std::vector<std::string> from;
    std::vector<std::string> to;
    std::vector<std::string> policies = {"fifo", "haircut"};
    std::uint32_t max_hops = 0;  // 0: the default of the walk
    std::string min_value;
    std::uint64_t max_transactions = 0;  // 0: the default of the walk
    std::string services;                // CSV of labelled service addresses
    bool through_coinjoins = false;
    std::uint32_t gap = 100;  // addresses per chain of an xpub or descriptor
    bool backward = false;
    bool no_labels = false;
    // Beyond one of these an address without a label may be a service, and ends the walk.
    std::uint64_t busy_transactions = 50'000;
    std::uint64_t busy_addresses = 10'000;  // of its entity
};

struct PathsOptions {
    TraceOptions trace;
    std::string rank = "value";
    std::size_t count = 5;
    bool entities = false;
};

}  // namespace wagetrail::question
