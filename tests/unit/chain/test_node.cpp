#include "tests/unit/chain/test_node.h"

#include "tests/unit/chain/test_blocks.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <thread>

namespace wagetrail {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using nlohmann::json;

std::string from_base64(std::string_view text) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    std::uint32_t group = 0;
    int bits = 0;
    for (const char c : text) {
        const auto digit = kDigits.find(c);
        if (digit == std::string_view::npos) break;
        group = (group << 6U) | static_cast<std::uint32_t>(digit);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>((group >> static_cast<unsigned>(bits)) & 0xFFU);
    }
    return bytes;
}

}  // namespace

class TestServer::State {
  public:
    explicit State(std::function<TestReply(const TestRequest&)> answer)
        : answer_(std::move(answer)),
          acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
          port_(acceptor_.local_endpoint().port()),
          accepting_([this] { accept(); }) {}

    ~State() {
        {
            const std::scoped_lock lock(mutex_);
            ending_ = true;
            for (tcp::socket& socket : sockets_) ::shutdown(socket.native_handle(), SHUT_RDWR);
        }
        changed_.notify_all();
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        accepting_.join();
        connections_.clear();
    }

    State(const State&) = delete;
    State& operator=(const State&) = delete;
    State(State&&) = delete;
    State& operator=(State&&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::size_t requests() const { return requests_; }

    [[nodiscard]] std::size_t connections() {
        const std::scoped_lock lock(mutex_);
        return open_;
    }

    [[nodiscard]] bool wait_until_left_alone() {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(10), [this] { return open_ == 0; });
    }

    void change(const std::function<void()>& action) {
        const std::scoped_lock lock(answering_);
        action();
    }

  private:
    void accept() {
        while (true) {
            tcp::socket socket(io_);
            boost::system::error_code error;
            (void)acceptor_.accept(socket, error);
            const std::scoped_lock lock(mutex_);
            if (error || ending_) return;
            sockets_.push_back(std::move(socket));
            ++open_;
            connections_.emplace_back([this, &mine = sockets_.back()] { serve(mine); });
        }
    }

    void serve(tcp::socket& socket) {
        boost::beast::flat_buffer buffer;
        boost::system::error_code error;
        while (!error) {
            http::request<http::string_body> request;
            http::read(socket, buffer, request, error);
            if (error) break;
            ++requests_;
            std::string login(request[http::field::authorization]);
            login = login.starts_with("Basic ") ? from_base64(login.substr(6)) : "";
            TestReply reply;
            {
                const std::scoped_lock lock(answering_);
                reply = answer_({.body = request.body(), .login = login});
            }
            if (!reply.raw.empty()) asio::write(socket, asio::buffer(reply.raw), error);
            if (reply.hang) {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [this] { return ending_; });
            }
            if (reply.hang || !reply.raw.empty()) break;
            http::response<http::string_body> response(http::int_to_status(reply.status), 11);
            response.set(http::field::content_type, "application/json");
            response.body() = reply.body;
            response.prepare_payload();
            http::write(socket, response, error);
            if (reply.close) break;
        }
        const std::scoped_lock lock(mutex_);
        ::shutdown(socket.native_handle(), SHUT_RDWR);
        --open_;
        changed_.notify_all();
    }

    std::function<TestReply(const TestRequest&)> answer_;
    asio::io_context io_;
    tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::mutex mutex_;
    std::mutex answering_;
    std::condition_variable changed_;
    bool ending_ = false;
    std::size_t open_ = 0;
    std::atomic<std::size_t> requests_ = 0;
    std::list<tcp::socket> sockets_;
    std::list<std::jthread> connections_;
    std::jthread accepting_;
};

TestServer::TestServer(std::function<TestReply(const TestRequest&)> answer)
    : state_(std::make_unique<State>(std::move(answer))) {}
TestServer::~TestServer() = default;

std::uint16_t TestServer::port() const {
    return state_->port();
}
std::string TestServer::url() const {
    return "http://127.0.0.1:" + std::to_string(port());
}
std::size_t TestServer::requests() const {
    return state_->requests();
}

std::size_t TestServer::connections() const {
    return state_->connections();
}
bool TestServer::wait_until_left_alone() const {
    return state_->wait_until_left_alone();
}

void TestServer::change(const std::function<void()>& action) {
    state_->change(action);
}

json rpc_failure(int code, const std::string& message) {
    return {{"result", nullptr}, {"error", {{"code", code}, {"message", message}}}};
}

TestReply TestNode::answer(const TestRequest& request) const {
    json answers = json::array();
    for (const json& each : json::parse(request.body)) {
        json answer = call(each);
        answer["id"] = each["id"];
        answers.push_back(std::move(answer));
    }
    if (reverse_batches) std::reverse(answers.begin(), answers.end());
    return {.body = answers.dump()};
}

json TestNode::call(const json& request) const {
    const std::string method = request["method"];
    const json& params = request["params"];
    if (intercept)
        if (const auto answer = intercept(method, params)) return *answer;
    const auto success = [](json result) {
        return json{{"result", std::move(result)}, {"error", nullptr}};
    };
    if (method == "getblockchaininfo")
        return success({{"chain", "regtest"},
                        {"blocks", blocks.size() - 1},
                        {"headers", blocks.size() + 5},
                        {"bestblockhash", text(hash_of_raw(blocks.back()))},
                        {"initialblockdownload", true},
                        {"softforks", json::object()},
                        {"warnings", ""}});
    if (method == "getblockhash") {
        const auto height = params[0].get<std::size_t>();
        if (height >= blocks.size()) return rpc_failure(-8, "Block height out of range");
        return success(text(hash_of_raw(blocks[height])));
    }
    if (method == "getblock" && params[1] == 0) {
        for (const Bytes& raw : blocks)
            if (text(hash_of_raw(raw)) == params[0].get<std::string>()) return success(to_hex(raw));
        return rpc_failure(-5, "Block not found");
    }
    return rpc_failure(-32601, "Method not found");
}

}  // namespace wagetrail
