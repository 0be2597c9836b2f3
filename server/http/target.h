// A request's target: path segments and query, percent-decoded exactly once. Whatever could mean
// two things to two readers is refused, never repaired: encoded slashes, dot segments, empty
// segments, backslashes, control characters, encodings of encodings, bytes that are no UTF-8.
#pragma once

#include "server/http/problem.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wagetrail::server {

struct Target {
    std::vector<std::string> segments;  // of "/v1/status": "v1", "status"; of "/": none
    bool ends_in_slash = false;         // "/v1/"; false for "/"
    std::vector<std::pair<std::string, std::string>> query;  // in order, at most 64

    friend bool operator==(const Target&, const Target&) = default;
};

/// Of origin form ("/path?query"); target_too_long beyond bytes_max, bad_target for the rest.
[[nodiscard]] Result<Target> parse_target(std::string_view target, std::size_t bytes_max);

/// Encodes what does not stand for itself in a path segment or query.
[[nodiscard]] std::string percent_encoded(std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace wagetrail::server
