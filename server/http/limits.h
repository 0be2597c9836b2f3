// Every bound of the server in one place, with its default. `wagetrail serve --help` prints them;
// what happens at each stands beside it. A struct passed down, never changed while serving.
#pragma once

#include <chrono>
#include <cstddef>

namespace wagetrail::server {

struct Limits {
    // Of one request. Beyond: 414, 431, 431, 413.
    std::size_t target_bytes = 8 << 10U;
    std::size_t head_bytes = 16 << 10U;  // request line and headers
    std::size_t header_count = 64;
    std::size_t body_bytes = 8 << 20U;

    // Of all connections. Beyond: 503 and the connection is closed.
    std::size_t connections = 20'000;
    std::size_t connections_per_peer = 12'000;  // one IPv4 address or one IPv6 /64
    std::size_t body_bytes_in_all = 256 << 20U;

    // Of time. Beyond: the connection is closed.
    std::chrono::milliseconds handshake{10'000};
    std::chrono::milliseconds head{10'000};  // from a request's first byte to its last header
    std::chrono::milliseconds body{30'000};  // the whole body
    std::chrono::milliseconds idle{60'000};  // between requests, and before the first one
    // A reader that takes less than bytes_per_second_min after that time is cut off.
    std::chrono::milliseconds write_stall{20'000};
    std::size_t bytes_per_second_min = 16 << 10U;
    // A client that closed its side while its question runs: it may have left. Beyond: the question
    // is ended.
    std::chrono::milliseconds half_closed{2'000};

    // Of work. Beyond: 504; a full queue: 503 with Retry-After.
    std::chrono::milliseconds deadline{30'000};  // of one answer, or of one piece of a stream
    std::chrono::milliseconds stream{600'000};   // of a whole stream of results
    std::size_t queue = 256;                     // questions that wait for a processor

    // Of a stop: what runs after that time is told to stop, then cut off.
    std::chrono::milliseconds stop_grace{8'000};

    std::size_t callers = 65'536;  // whose rate is remembered; the one quiet longest is forgotten
};

}  // namespace wagetrail::server
