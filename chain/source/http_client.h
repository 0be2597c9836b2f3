// A connection to one node over HTTP/1.1, kept open between requests.
#pragma once

#include "chain/source/node_address.h"

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>

namespace wagetrail {

struct HttpLimits {
    std::chrono::milliseconds connect{10'000};
    std::chrono::milliseconds answer{120'000};  // from the request's first byte on
    std::uint64_t body_bytes_max = 128U << 20U;
};

struct HttpAnswer {
    unsigned status = 0;
    std::string body;
};

/// For one thread. Connects with the first request, and again when the node closed the connection
/// in the meantime.
class HttpClient {
  public:
    HttpClient(NodeAddress address, HttpLimits limits);
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;
    ~HttpClient();

    /// Posts a JSON text. login is "user:password", sent as basic authorization. io: the network or
    /// the node failed; limit: the answer is larger than allowed; cancelled: stop was requested.
    [[nodiscard]] Expected<HttpAnswer> post(const std::string& body,
                                            const std::optional<std::string>& login,
                                            const std::stop_token& stop);
    /// Closes the connection, if there is one.
    void hang_up();

  private:
    class Connection;
    std::unique_ptr<Connection> connection_;
};

}  // namespace wagetrail
