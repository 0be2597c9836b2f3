#include "server/http/connection.h"

#include "chain/base/sha256.h"

#include "server/http/exchange.h"
#include "server/http/guarded.h"
#include "server/http/holds.h"
#include "server/http/on_pool.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>

namespace wagetrail::server {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

constexpr auto kNoThrow = net::as_tuple(net::use_awaitable);
constexpr std::size_t kReadBytes = 4096;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

Problem problem_of(const beast::error_code& error) {
    if (error == http::error::header_limit)
        return {ProblemCode::headers_too_large, "the request line and headers are too long"};
    if (error == http::error::body_limit)
        return {ProblemCode::body_too_large, "the body is too large", "split it"};
    if (error == http::error::bad_version)
        return {ProblemCode::version_not_supported, "the request is not of HTTP/1.1"};
    return {ProblemCode::bad_request, "the bytes are no HTTP request: " + error.message()};
}

struct Answered {
    Result<Answer> answer;
    std::string body_sha256 = {};
    std::string answer_sha256 = {};
};

Answered sealed(Result<Answer> answer, const Call& call) {
    Answered given{.answer = std::move(answer)};
    if (given.answer && !given.answer->pieces) given.answer_sha256 = sha256_hex(given.answer->body);
    if (!call.body.empty()) given.body_sha256 = sha256_hex(call.body);
    return given;
}

Answered answered(const Route& route, const Call& call, const std::stop_token& stop) {
    Result<Answer> answer;
    // What waited for a processor until nobody waits for it needs none.
    if (!stop.stop_requested()) answer = guarded([&] { return route.handle(call, stop); });
    // Cancelled work may look like an error of another kind, or like an answer that is not whole;
    // what was put off for later is neither.
    if (stop.stop_requested() && !(answer && answer->is_put_off()))
        answer = refuse(ProblemCode::deadline_missed, "the answer was not ready in time",
                        "ask for less, or lower the limits of work in the question");
    return sealed(std::move(answer), call);
}

std::optional<Answered> at_once(const Route& route, const Call& call) {
    if (!route.from_memory) return std::nullopt;
    auto answer = guarded([&] { return route.from_memory(call); });
    if (!answer) return std::nullopt;
    return sealed(*std::move(answer), call);
}

template <class Stream>
class Connection {
  public:
    Connection(Hub& hub, Stream& stream, const std::string& peer)
        : hub_(hub),
          stream_(stream),
          peer_(peer),
          place_(hub.open.insert(hub.open.end(), {&beast::get_lowest_layer(stream).socket()})) {
        hub_.metrics.opened();
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection(Connection&&) = delete;
    Connection& operator=(Connection&&) = delete;
    ~Connection() {
        hub_.open.erase(place_);
        hub_.metrics.closed();
    }

    net::awaitable<void> talk() {
        // GCC 12 makes wrong code of a co_await in a condition, and of temporaries beside one.
        for (bool more = true; more;) more = co_await exchange();
    }

  private:
    void allow(std::chrono::milliseconds span) {
        beast::get_lowest_layer(stream_).expires_after(span);
    }

    /// Something was sent. Until then nobody waits for us.
    net::awaitable<bool> hears() {
        if (buffer_.size() > 0) co_return true;
        place_->idle = true;
        if (hub_.stopping) co_return false;
        allow(hub_.limits().idle);
        const auto [error, bytes] =
            co_await stream_.async_read_some(buffer_.prepare(kReadBytes), kNoThrow);
        if (error) co_return false;
        buffer_.commit(bytes);
        place_->idle = false;
        co_return true;
    }

    /// One request and its answer; whether another may follow.
    net::awaitable<bool> exchange() {
        const bool heard = co_await hears();
        if (!heard) co_return false;
        Exchange now;
        now.id = hub_.fresh_id();
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(hub_.limits().head_bytes));
        parser.body_limit(hub_.limits().body_bytes);
        allow(hub_.limits().head);
        const auto [error, bytes] =
            co_await http::async_read_header(stream_, buffer_, parser, kNoThrow);
        if (error == http::error::end_of_stream) co_return false;
        if (error == beast::error::timeout) co_return cut_off();
        if (error) {
            const Problem problem = problem_of(error);
            co_return co_await refuse_last(now, problem);
        }
        if (const auto admitted = admit(hub_, parser, peer_, now); !admitted) {
            // What follows of the body would be read as the next request.
            if (parser.is_done()) co_return co_await refuse(now, admitted.error());
            co_return co_await refuse_last(now, admitted.error());
        }
        HeldBytes held(hub_);
        if (!parser.is_done()) {
            if (!held.hold(parser.content_length().value_or(hub_.limits().body_bytes))) {
                const Problem problem = server::overloaded();
                co_return co_await refuse_last(now, problem);
            }
            allow(hub_.limits().body);
            if (now.headers.count("Expect") > 0) {
                const auto told =
                    co_await net::async_write(stream_, net::buffer(kContinue), kNoThrow);
                if (std::get<0>(told)) co_return false;
            }
            const auto [body_error, body_bytes] =
                co_await http::async_read(stream_, buffer_, parser, kNoThrow);
            if (body_error == beast::error::timeout) co_return cut_off();
            if (body_error) {
                const Problem problem = problem_of(body_error);
                co_return co_await refuse_last(now, problem);
            }
        }
        now.asked = Hub::Clock::now();
        now.match.call.body = std::move(parser.get().body());
        co_return co_await reply(now);
    }

    /// The socket is closed already: a client that slow would not take an answer either.
    bool cut_off() {
        hub_.metrics.cut_off();
        return false;
    }

    net::awaitable<bool> reply(Exchange& now) {
        if (!now.allow.empty()) {
            Response response = methods_response(now);
            co_return co_await write(now, response);
        }
        const Route& route = hub_.router.routes()[now.match.route];
        if (is_recorded(now)) {
            const std::optional<Problem> trouble = hub_.hooks.record_trouble();
            if (trouble) co_return co_await refuse(now, *trouble);
        }
        if (auto given = at_once(route, now.match.call)) co_return co_await give(now, *given);
        if (!hub_.pool->has_room()) {
            const Problem problem = server::overloaded();
            co_return co_await refuse(now, problem);
        }
        const Deadline deadline(hub_, hub_.limits().deadline,
                                beast::get_lowest_layer(stream_).socket().native_handle());
        now.match.call.left = &deadline.left();
        auto work = [&route, &call = now.match.call,
                     stop = deadline.token()](std::size_t worker) mutable {
            call.worker = worker;
            return answered(route, call, stop);
        };
        Answered given = co_await on_pool<Answered>(*hub_.pool, std::move(work));
        if (deadline.left() && !given.answer) {
            hub_.metrics.left();
            now.keep_alive = false;
            given.answer = server::refuse(ProblemCode::deadline_missed,
                                          "the client closed its side before the answer was ready",
                                          "keep the connection open until the answer is there");
        }
        co_return co_await give(now, given);
    }

    net::awaitable<bool> give(Exchange& now, Answered& given) {
        now.body_sha256 = std::move(given.body_sha256);
        if (!given.answer) co_return co_await refuse(now, given.answer.error());
        if (given.answer->pieces) co_return co_await stream(now, *given.answer);
        now.answer_sha256 = std::move(given.answer_sha256);
        Response response = response_of(now, *std::move(given.answer));
        co_return co_await write(now, response);
    }

    /// Piece by piece, the next one when the client has taken the one before.
    net::awaitable<bool> stream(Exchange& now, Answer& answer) {
        if (now.version != 11) {
            const Problem problem(ProblemCode::version_not_supported, "streams need HTTP/1.1");
            co_return co_await refuse_last(now, problem);
        }
        const Deadline deadline(hub_, hub_.limits().stream);
        http::response<http::empty_body> head{http::status::ok, now.version};
        head.keep_alive(now.keep_alive);
        describe(head, now, answer.type);
        head.chunked(true);
        http::response_serializer<http::empty_body> serializer(head);
        allow(hub_.limits().write_stall);
        const auto begun = co_await http::async_write_header(stream_, serializer, kNoThrow);
        if (std::get<0>(begun)) co_return false;
        if (now.method == "HEAD") {
            count(now, 200);
            co_return now.keep_alive;
        }
        for (;;) {
            using Piece = Result<std::optional<std::string>>;
            auto work = [&answer, stop = deadline.token()](std::size_t worker) {
                return guarded([&] { return answer.pieces(worker, stop); });
            };
            const Piece piece = co_await on_pool<Piece>(*hub_.pool, std::move(work));
            if (!piece) {
                count(now, kind_of(piece.error().code).status);
                hub_.metrics.refused(piece.error().code);
                co_return false;
            }
            if (!*piece) break;
            if ((*piece)->empty()) {
                // Who waits for news must not keep a stopping server.
                if (hub_.stopping) break;
                net::steady_timer pause(stream_.get_executor(), answer.pause);
                (void)co_await pause.async_wait(kNoThrow);
                continue;
            }
            allow(hub_.limits().write_stall);
            const auto chunk = http::make_chunk(net::buffer(**piece));
            const auto written = co_await net::async_write(stream_, chunk, kNoThrow);
            if (std::get<0>(written)) co_return false;
        }
        count(now, 200);
        const auto end = http::make_chunk_last();
        const auto ended = co_await net::async_write(stream_, end, kNoThrow);
        if (std::get<0>(ended)) co_return false;
        co_return now.keep_alive;
    }

    net::awaitable<bool> refuse(Exchange& now, const Problem& problem) {
        Response response = refusal(hub_, now, problem);
        co_return co_await write(now, response);
    }

    net::awaitable<bool> refuse_last(Exchange& now, const Problem& problem) {
        now.keep_alive = false;
        return refuse(now, problem);
    }

    /// What is open to everybody is asked every second by machines, and tells nothing.
    [[nodiscard]] bool is_recorded(const Exchange& now) const {
        if (!now.route) return false;
        const Scope scope = hub_.router.routes()[*now.route].scope;
        return scope != Scope::open && scope != Scope::metrics;
    }

    void count(const Exchange& now, unsigned status) {
        const auto took = Hub::Clock::now() - now.asked;
        if (now.route) hub_.metrics.answered(*now.route, status, took);
        const bool turned_away = status == kind_of(ProblemCode::unauthorized).status;
        if (!turned_away && !is_recorded(now)) return;
        hub_.hooks.record({.request_id = now.id,
                           .caller = now.caller,
                           .peer = peer_,
                           .method = now.method,
                           .target = now.target,
                           .body_sha256 = now.body_sha256,
                           .status = status,
                           .answer_sha256 = now.answer_sha256,
                           .took = std::chrono::duration_cast<std::chrono::microseconds>(took)});
    }

    net::awaitable<bool> write(Exchange& now, Response& response) {
        count(now, response.result_int());
        if (hub_.stopping) response.keep_alive(now.keep_alive = false);
        const std::size_t bytes = response.body().size();
        // Both end with their head: a length there would be one of an answer that was not given.
        const bool has_payload = response.result() != http::status::no_content &&
                                 response.result() != http::status::not_modified;
        if (has_payload) response.prepare_payload();
        if (now.method == "HEAD") response.body().clear();
        const auto slowest = std::chrono::seconds(bytes / hub_.limits().bytes_per_second_min);
        allow(hub_.limits().write_stall + slowest);
        // HEAD says how long the body is that it does not have.
        http::response_serializer<http::string_body> serializer(response);
        if (now.method == "HEAD") {
            const auto head = co_await http::async_write_header(stream_, serializer, kNoThrow);
            if (std::get<0>(head)) co_return false;
        } else {
            const auto whole = co_await http::async_write(stream_, serializer, kNoThrow);
            if (std::get<0>(whole)) co_return false;
        }
        co_return now.keep_alive;
    }

    Hub& hub_;
    Stream& stream_;
    const std::string& peer_;
    std::list<Hub::Open>::iterator place_;
    beast::flat_buffer buffer_;
};

}  // namespace

net::awaitable<void> serve(Hub& hub, Plain stream, std::string peer) {
    const PeerCount counted(hub, peer);
    Connection<Plain> connection(hub, stream, peer);
    co_await connection.talk();
    beast::error_code ignored;
    (void)stream.socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
}

net::awaitable<void> serve(Hub& hub, Encrypted stream, std::string peer) {
    const PeerCount counted(hub, peer);
    Connection<Encrypted> connection(hub, stream, peer);
    beast::get_lowest_layer(stream).expires_after(hub.limits().handshake);
    const auto greeted = co_await stream.async_handshake(net::ssl::stream_base::server, kNoThrow);
    if (std::get<0>(greeted)) co_return;
    co_await connection.talk();
    beast::get_lowest_layer(stream).expires_after(hub.limits().handshake);
    (void)co_await stream.async_shutdown(kNoThrow);
}

}  // namespace wagetrail::server
