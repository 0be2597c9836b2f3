// Where a server listens and what it allows.
#pragma once

#include "server/http/limits.h"
#include "server/http/rate.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace wagetrail::server {

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8650;       // 0: any that is free
    std::string certificate;         // PEM file with the chain; empty: no TLS
    std::string private_key;         // PEM file
    std::vector<std::string> hosts;  // names that Host may say; empty: any, and on loopback its own
    std::size_t workers = 1;         // threads that answer
    Rate rate;                       // of each peer
    Limits limits;
};

}  // namespace wagetrail::server
