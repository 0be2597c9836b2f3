// One request while it is dealt with, and the head of its answer.
#pragma once

#include "server/http/hub.h"

#include <boost/beast/http.hpp>

#include <optional>
#include <string>

namespace wagetrail::server {

using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
using Response = boost::beast::http::response<boost::beast::http::string_body>;

struct Exchange {
    std::string id;
    std::string caller;  // Caller::name
    std::string method;
    std::string target;  // as sent
    HeaderFields headers;
    std::string allow;  // the methods of the path, when they are all that was asked for
    Router::Match match;
    std::optional<std::size_t> route;
    Allowance allowance;
    unsigned version = 11;
    bool keep_alive = false;
    std::string body_sha256;
    std::string answer_sha256;
    Hub::Clock::time_point asked = Hub::Clock::now();
};

/// Everything that can be said before the body is there: headers, who asks, how often, and for
/// what. What was understood is left in `now`, of a refused request too.
[[nodiscard]] Result<void> admit(Hub& hub,
                                 const Parser& parser,
                                 const std::string& peer,
                                 Exchange& now);

/// The head that every answer with a body has; body and length are the caller's.
void describe(boost::beast::http::fields& head, const Exchange& now, MediaType type);
[[nodiscard]] Response refusal(Hub& hub, const Exchange& now, const Problem& problem);
/// 204 to OPTIONS.
[[nodiscard]] Response methods_response(const Exchange& now);
/// 304 without a body when the client has that answer already.
[[nodiscard]] Response response_of(const Exchange& now, Answer answer);

}  // namespace wagetrail::server
