// An error as it is said to a client of the API. Errors end in the next step as the command line
// takes it ("; run wagetrail lists ls", "raise --limit"); a client has routes and parameters
// instead, and the rest is for whoever runs the server.
#pragma once

#include <string>
#include <string_view>

namespace wagetrail::server {

struct ClientWords {
    std::string message;
    std::string hint;  // empty: no step was named, or the message says it itself
};

/// what: of an Error. What stands in double quotes is the client's own text and stays.
[[nodiscard]] ClientWords client_words(std::string_view what);

}  // namespace wagetrail::server
