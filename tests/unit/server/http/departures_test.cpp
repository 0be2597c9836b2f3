#include "server/http/http_server.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

namespace wagetrail::server {
namespace {

namespace net = boost::asio;

constexpr std::chrono::milliseconds kHalfClosed{200};

/// "/endless" answers when it is told to stop; "/gated" when its gate is open.
struct Questions {
    std::atomic<int> begun = 0;
    std::atomic<int> told_to_stop = 0;
    std::atomic<int> known_as_left = 0;
    std::atomic<bool> gate = false;

    [[nodiscard]] std::vector<Route> routes() {
        const auto endless = [this](const Call& call, const std::stop_token& stop) {
            ++begun;
            while (!stop.stop_requested()) std::this_thread::yield();
            ++told_to_stop;
            if (call.asker_left()) ++known_as_left;
            return Result<Answer>(Answer{.body = "not the whole answer"});
        };
        const auto gated = [this](const Call&, const std::stop_token&) {
            ++begun;
            while (!gate) std::this_thread::yield();
            return Result<Answer>(Answer{.body = "whole"});
        };
        return {{.path = "/endless", .name = "endless", .scope = Scope::open, .handle = endless},
                {.path = "/gated", .name = "gated", .scope = Scope::open, .handle = gated}};
    }
};

/// With one processor, so that a question that is not ended keeps every other waiting.
class Served {
  public:
    explicit Served(std::chrono::milliseconds half_closed)
        : server_(HttpServer::listen(settings(half_closed), questions.routes()).value()),
          thread_([this](const std::stop_token& stop) { server_.run(stop); }) {}

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }

    Questions questions;

  private:
    static Settings settings(std::chrono::milliseconds half_closed) {
        Settings settings{.port = 0};
        settings.limits.half_closed = half_closed;
        settings.limits.deadline = std::chrono::minutes(5);
        return settings;
    }

    HttpServer server_;
    std::jthread thread_;
};

/// A client that asks one question.
class Client {
  public:
    Client(std::uint16_t port, const std::string& path) {
        socket_.connect({net::ip::address_v4::loopback(), port});
        net::write(socket_, net::buffer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }

    void say_no_more() { socket_.shutdown(net::ip::tcp::socket::shutdown_send); }
    /// By a reset, as of a machine that is gone.
    void leave_hard() {
        socket_.set_option(net::socket_base::linger(true, 0));
        socket_.close();
    }
    /// All that comes until the server closes.
    [[nodiscard]] std::string rest() {
        std::string all;
        boost::system::error_code end;
        net::read(socket_, net::dynamic_buffer(all), end);
        return all;
    }

  private:
    net::io_context io_;
    net::ip::tcp::socket socket_{io_};
};

void wait_for(const std::atomic<int>& count, int value) {
    while (count < value) std::this_thread::yield();
}

}  // namespace

TEST_CASE("departures: a client that leaves ends its question", "[server][departures]") {
    Served served(kHalfClosed);
    {
        Client client(served.port(), "/endless");
        wait_for(served.questions.begun, 1);
    }
    wait_for(served.questions.told_to_stop, 1);
    CHECK(served.questions.known_as_left == 1);
    served.questions.gate = true;
    Client next(served.port(), "/gated");
    next.say_no_more();
    CHECK(next.rest().ends_with("whole"));
}

TEST_CASE("departures: a connection that breaks ends its question at once",
          "[server][departures]") {
    Served served(std::chrono::hours(1));  // no patience is used up
    Client client(served.port(), "/endless");
    wait_for(served.questions.begun, 1);
    client.leave_hard();
    wait_for(served.questions.told_to_stop, 1);
    CHECK(served.questions.known_as_left == 1);
}

TEST_CASE("departures: who only sends no more is answered within a while", "[server][departures]") {
    Served served(std::chrono::hours(1));
    Client client(served.port(), "/gated");
    client.say_no_more();
    wait_for(served.questions.begun, 1);
    served.questions.gate = true;
    CHECK(client.rest().ends_with("whole"));
}

TEST_CASE("departures: who sends no more for too long is told so", "[server][departures]") {
    Served served(kHalfClosed);
    Client client(served.port(), "/endless");
    client.say_no_more();
    const std::string answer = client.rest();
    CHECK(answer.starts_with("HTTP/1.1 504"));
    CHECK(answer.find("closed its side") != std::string::npos);
    CHECK(answer.find("not the whole answer") == std::string::npos);
}

TEST_CASE("departures: a question whose client left while it waited is not begun",
          "[server][departures]") {
    Served served(std::chrono::milliseconds(0));
    Client first(served.port(), "/gated");
    wait_for(served.questions.begun, 1);
    Client waiting(served.port(), "/gated");
    waiting.say_no_more();
    {
        Client last(served.port(), "/endless");  // behind it
    }
    // The one that runs is let go when the others are known to have left: a tick is 100 ms.
    std::this_thread::sleep_for(std::chrono::seconds(1));
    served.questions.gate = true;
    CHECK(waiting.rest().starts_with("HTTP/1.1 504"));
    CHECK(served.questions.begun == 1);
}

}  // namespace wagetrail::server
