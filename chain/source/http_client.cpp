#include "chain/source/http_client.h"

#include "chain/base/bytes.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <algorithm>
#include <utility>

namespace wagetrail {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

std::string base64(ByteView bytes) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string encoded;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = (group << 8U) | (j < count ? bytes[i + j] : std::uint8_t{0});
        for (std::size_t j = 0; j < 4; ++j)
            encoded += j <= count ? kDigits[(group >> (18 - 6 * j)) & 0x3FU] : '=';
    }
    return encoded;
}

}  // namespace

class HttpClient::Connection {
  public:
    Connection(NodeAddress address, HttpLimits limits)
        : address_(std::move(address)), limits_(limits) {}

    Expected<HttpAnswer> post(const std::string& body,
                              const std::optional<std::string>& login,
                              const std::stop_token& stop) {
        const bool kept_open = stream_.has_value();
        auto answer = attempt(body, login, stop);
        // A node closes connections that were idle for a while: that is no failure yet.
        const bool closed = kept_open && (last_error_ == http::error::end_of_stream ||
                                          last_error_ == asio::error::connection_reset ||
                                          last_error_ == asio::error::broken_pipe);
        if (!answer && closed && !stop.stop_requested()) answer = attempt(body, login, stop);
        return answer;
    }

    void hang_up() { stream_.reset(); }

  private:
    Expected<HttpAnswer> attempt(const std::string& body,
                                 const std::optional<std::string>& login,
                                 const std::stop_token& stop) {
        auto answer = exchange(body, login, stop);
        if (!answer) stream_.reset();
        if (stop.stop_requested()) return fail(ErrorCode::cancelled, "asking the node was stopped");
        return answer;
    }

    Expected<HttpAnswer> exchange(const std::string& body,
                                  const std::optional<std::string>& login,
                                  const std::stop_token& stop) {
        if (stop.stop_requested()) return fail(ErrorCode::cancelled, "asking the node was stopped");
        if (!stream_) TRY(connect(stop));

        http::request<http::string_body> request{http::verb::post, address_.path, 11};
        request.set(http::field::host, host_and_port(address_));
        request.set(http::field::content_type, "application/json");
        if (login) request.set(http::field::authorization, "Basic " + base64(as_bytes(*login)));
        request.body() = body;
        request.prepare_payload();

        stream_->expires_after(limits_.answer);
        run(stop, [&](auto done) { http::async_write(*stream_, request, done); });
        if (last_error_) return failure();
        http::response_parser<http::string_body> parser;
        parser.body_limit(limits_.body_bytes_max);
        beast::flat_buffer buffer;
        run(stop, [&](auto done) { http::async_read(*stream_, buffer, parser, done); });
        if (last_error_) return failure();
        const bool again = parser.get().keep_alive() && buffer.size() == 0;
        HttpAnswer answer{.status = parser.get().result_int(),
                          .body = std::move(parser.get().body())};
        if (!again) stream_.reset();
        return answer;
    }

    Expected<void> connect(const std::stop_token& stop) {
        asio::ip::tcp::resolver resolver(io_);
        const auto found =
            resolver.resolve(address_.host, std::to_string(address_.port), last_error_);
        if (last_error_)
            return fail(ErrorCode::io,
                        "there is no host " + address_.host + ": " + last_error_.message());
        stream_.emplace(io_);
        stream_->expires_after(limits_.connect);
        run(stop, [&](auto done) {
            stream_->async_connect(found,
                                   [done](error_code e, const auto&) mutable { done(e, 0); });
        });
        if (last_error_) return failure();
        error_code ignored;  // only a matter of speed
        (void)stream_->socket().set_option(asio::ip::tcp::no_delay(true), ignored);
        return {};
    }

    /// One asynchronous operation from start to end, so that its deadline and stop are obeyed; its
    /// outcome is in last_error_.
    template <class Start>
    void run(const std::stop_token& stop, const Start& start) {
        last_error_ = asio::error::operation_aborted;
        io_.restart();
        start([this](error_code error, std::size_t) { last_error_ = error; });
        {
            const std::stop_callback cancel(
                stop, [this] { asio::post(io_, [this] { stream_->cancel(); }); });
            io_.run();
        }
        // A cancel that came too late must not meet the next operation.
        io_.restart();
        io_.poll();
    }

    [[nodiscard]] std::unexpected<Error> failure() const {
        const std::string node = text(address_);
        if (last_error_ == http::error::body_limit)
            return fail(ErrorCode::limit, node + " answers with more than " +
                                              std::to_string(limits_.body_bytes_max) + " bytes");
        if (last_error_ == beast::error::timeout)
            return fail(ErrorCode::io, node + " did not answer in time");
        if (last_error_ == asio::error::connection_refused)
            return fail(ErrorCode::io,
                        node +
                            " refuses the connection: is the node running with server=1, and is "
                            "this its RPC port?");
        if (last_error_ == http::error::end_of_stream ||
            last_error_ == http::error::partial_message ||
            last_error_ == asio::error::connection_reset)
            return fail(ErrorCode::io, node + " closed the connection before its answer ended");
        if (last_error_.category() == http::make_error_code(http::error::bad_version).category())
            return fail(ErrorCode::io, node + " does not answer in HTTP (" + last_error_.message() +
                                           "): is this the node's RPC port?");
        return fail(ErrorCode::io, node + " cannot be reached: " + last_error_.message());
    }

    NodeAddress address_;
    HttpLimits limits_;
    asio::io_context io_{1};
    std::optional<beast::tcp_stream> stream_;
    error_code last_error_;
};

HttpClient::HttpClient(NodeAddress address, HttpLimits limits)
    : connection_(std::make_unique<Connection>(std::move(address), limits)) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

void HttpClient::hang_up() {
    connection_->hang_up();
}

Expected<HttpAnswer> HttpClient::post(const std::string& body,
                                      const std::optional<std::string>& login,
                                      const std::stop_token& stop) {
    try {
        return connection_->post(body, login, stop);
    } catch (const std::exception& failure) {
        return fail(ErrorCode::io, std::string("asking the node failed: ") + failure.what());
    }
}

}  // namespace wagetrail
