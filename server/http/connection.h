// One client: requests are read, answered and written one after the other, each under its limits.
#pragma once

#include "server/http/hub.h"

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <string>

namespace wagetrail::server {

using Plain = boost::beast::tcp_stream;
using Encrypted = boost::beast::ssl_stream<boost::beast::tcp_stream>;

/// Ends when the client leaves, breaks a limit, or the server stops. Never throws.
[[nodiscard]] boost::asio::awaitable<void> serve(Hub& hub, Plain stream, std::string peer);
[[nodiscard]] boost::asio::awaitable<void> serve(Hub& hub, Encrypted stream, std::string peer);

}  // namespace wagetrail::server
