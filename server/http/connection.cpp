#include "server/http/connection.h"

#include "chain/base/sha256.h"

#include "server/http/on_pool.h"

#include <boost/asio/as_tuple.hpp>
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
constexpr std::size_t kIdBytesMax = 64;
constexpr std::size_t kTagDigits = 32;

using Response = http::response<http::string_body>;
using Parser = http::request_parser<http::string_body>;

/// Only what is safe in a header and in a log.
bool is_usable_id(std::string_view id) {
    return !id.empty() && id.size() <= kIdBytesMax && std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
}

Problem problem_of(const beast::error_code& error) {
    if (error == http::error::header_limit)
        return {ProblemCode::headers_too_large, "the request line and headers are too long"};
    if (error == http::error::body_limit)
        return {ProblemCode::body_too_large, "the body is too large", "split it"};
    if (error == http::error::bad_version)
        return {ProblemCode::version_not_supported, "the request is not of HTTP/1.1"};
    return {ProblemCode::bad_request, "the bytes are no HTTP request: " + error.message()};
}

/// One request while it is dealt with.
struct Exchange {
    std::string id;
    std::string method;
    HeaderFields headers;
    Router::Match match;
    std::optional<std::size_t> route;
    Allowance allowance;
    unsigned version = 11;
    bool keep_alive = false;
    Hub::Clock::time_point asked = Hub::Clock::now();
};

template <class Message>
void describe(Message& message, const Exchange& exchange, MediaType type) {
    message.version(exchange.version);
    message.keep_alive(exchange.keep_alive);
    message.set(http::field::content_type, content_type_of(type));
    message.set("X-Request-Id", exchange.id);
    message.set("X-Content-Type-Options", "nosniff");
    message.set("Referrer-Policy", "no-referrer");
    message.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    message.set(http::field::cache_control, "no-store");
    if (exchange.allowance.limit == 0) return;
    message.set("X-RateLimit-Limit", std::to_string(exchange.allowance.limit));
    message.set("X-RateLimit-Remaining", std::to_string(exchange.allowance.remaining));
    message.set("X-RateLimit-Reset", std::to_string(exchange.allowance.reset_seconds));
}

Response refusal(Hub& hub, const Exchange& exchange, const Problem& problem) {
    hub.metrics.refused(problem.code);
    Response response{http::int_to_status(kind_of(problem.code).status), exchange.version};
    describe(response, exchange, MediaType::json);
    if (problem.retry_after)
        response.set(http::field::retry_after, std::to_string(problem.retry_after->count()));
    if (!problem.allow.empty()) response.set(http::field::allow, problem.allow);
    response.body() = problem_json(problem, exchange.id);
    return response;
}

Response response_of(const Exchange& exchange, Answer answer, const std::string& tag) {
    Response response{http::status::ok, exchange.version};
    describe(response, exchange, answer.type);
    if (!tag.empty()) response.set(http::field::etag, tag);
    if (!tag.empty() && exchange.method != "POST" &&
        exchange.headers.joined("If-None-Match").find(tag) != std::string::npos) {
        response.result(http::status::not_modified);
        return response;
    }
    response.body() = std::move(answer.body);
    return response;
}

struct Answered {
    Result<Answer> answer;
    std::string tag;
};

/// A library's exception is a fault of ours, not the end of the server.
Result<Answer> handled(const Route& route, const Call& call, const std::stop_token& stop) {
    try {
        return route.handle(call, stop);
    } catch (const std::exception& error) {
        return server::refuse(ProblemCode::internal,
                              std::string("the answer failed: ") + error.what());
    }
}

Answered answered(const Route& route, const Call& call, const std::stop_token& stop) {
    Answered given{handled(route, call, stop), {}};
    // Cancelled work may look like an error of another kind.
    if (stop.stop_requested())
        given.answer = refuse(ProblemCode::deadline_missed, "the answer was not ready in time",
                              "ask for less, or lower the limits of work in the question");
    if (given.answer && !given.answer->pieces)
        given.tag = "\"" + sha256_hex(given.answer->body).substr(0, kTagDigits) + "\"";
    return given;
}

/// A question stays on the list of those under a deadline while this lives.
class Deadline {
  public:
    Deadline(Hub& hub, std::chrono::milliseconds span) : hub_(hub) {
        const auto at = Hub::Clock::now() + span;
        const auto after = std::ranges::find_if(
            hub.running, [&](const Hub::Running& other) { return other.deadline > at; });
        place_ = hub.running.insert(after, {std::stop_source(), at});
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    Deadline(Deadline&&) = delete;
    Deadline& operator=(Deadline&&) = delete;
    ~Deadline() { hub_.running.erase(place_); }

    [[nodiscard]] std::stop_token token() const { return place_->stop.get_token(); }

  private:
    Hub& hub_;
    std::list<Hub::Running>::iterator place_;
};

/// Bytes of a body count against the bound of all bodies while this lives.
class HeldBytes {
  public:
    explicit HeldBytes(Hub& hub) : hub_(hub) {}
    HeldBytes(const HeldBytes&) = delete;
    HeldBytes& operator=(const HeldBytes&) = delete;
    HeldBytes(HeldBytes&&) = delete;
    HeldBytes& operator=(HeldBytes&&) = delete;
    ~HeldBytes() { hub_.body_bytes -= held_; }

    [[nodiscard]] bool hold(std::size_t bytes) {
        if (hub_.body_bytes + bytes > hub_.limits().body_bytes_in_all) return false;
        hub_.body_bytes += bytes;
        held_ += bytes;
        return true;
    }

  private:
    Hub& hub_;
    std::size_t held_ = 0;
};

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
        if (const auto admitted = admit(parser, now); !admitted) {
            // What follows of the body would be read as the next request.
            if (parser.is_done()) co_return co_await refuse(now, admitted.error());
            co_return co_await refuse_last(now, admitted.error());
        }
        HeldBytes held(hub_);
        if (!parser.is_done()) {
            if (!held.hold(parser.content_length().value_or(hub_.limits().body_bytes))) {
                const Problem problem = overloaded();
                co_return co_await refuse_last(now, problem);
            }
            allow(hub_.limits().body);
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

    static Problem overloaded() {
        Problem problem(ProblemCode::overloaded, "the server has all the work it can take",
                        "ask again after the time in Retry-After");
        problem.retry_after = std::chrono::seconds(1);
        return problem;
    }

    /// Everything that can be said before the body is there.
    Result<void> admit(const Parser& parser, Exchange& now) {
        const auto& request = parser.get();
        now.version = request.version();
        now.method = std::string(request.method_string());
        now.keep_alive = request.keep_alive() && !hub_.stopping;
        std::size_t count = 0;
        for (const auto& field : request) {
            if (++count > hub_.limits().header_count)
                return server::refuse(ProblemCode::headers_too_large,
                                      "the request has too many headers");
            now.headers.add(field.name_string(), field.value());
        }
        if (const auto id = now.headers.find("X-Request-Id"); id && is_usable_id(*id)) now.id = *id;
        if (hub_.stopping) return server::refuse(ProblemCode::stopping, "the server is ending");
        if (auto framed = check_framing(parser, now); !framed) return framed;
        now.allowance = hub_.rates.take(peer_, hub_.settings.rate, now.asked);
        if (!now.allowance.granted) {
            Problem problem(ProblemCode::rate_limited, "too many questions");
            problem.retry_after =
                std::chrono::seconds(static_cast<std::int64_t>(now.allowance.retry_seconds));
            return std::unexpected(std::move(problem));
        }
        auto target = parse_target(request.target(), hub_.limits().target_bytes);
        if (!target) return std::unexpected(std::move(target).error());
        if (now.method == "OPTIONS") return allow_methods(*target);
        auto match = hub_.router.match(now.method, *target, now.headers);
        if (!match) return std::unexpected(std::move(match).error());
        now.match = *std::move(match);
        now.route = now.match.route;
        return check_body(hub_.router.routes()[now.match.route], parser, now);
    }

    Result<void> allow_methods(const Target& target) {
        Problem problem(ProblemCode::method_not_allowed, "the methods of the path are in Allow");
        problem.allow = hub_.router.allowed(target);
        if (problem.allow.empty())
            return server::refuse(ProblemCode::no_such_route, "there is no such path",
                                  "GET /openapi.json has all of them");
        return std::unexpected(std::move(problem));
    }

    /// Where two programs could see two different requests in the same bytes, there is none.
    Result<void> check_framing(const Parser& parser, const Exchange& now) {
        if (now.headers.count("Host") > 1 || (now.version == 11 && now.headers.count("Host") == 0))
            return server::refuse(ProblemCode::bad_request, "the request needs one Host header");
        if (const auto host = now.headers.find("Host"); host && !hub_.knows_host(*host))
            return server::refuse(ProblemCode::misdirected, "the Host is not a name of this server",
                                  "serve --host adds a name");
        if (now.headers.count("Content-Length") > 0 && now.headers.count("Transfer-Encoding") > 0)
            return server::refuse(ProblemCode::bad_request,
                                  "Content-Length and Transfer-Encoding contradict each other");
        if (now.headers.count("Transfer-Encoding") > 0 && !parser.chunked())
            return server::refuse(ProblemCode::not_implemented,
                                  "the transfer coding is not chunked");
        if (now.headers.count("Expect") > 0)
            return server::refuse(ProblemCode::expectation_failed, "the server expects nothing",
                                  "send the body at once, without Expect");
        return {};
    }

    Result<void> check_body(const Route& route, const Parser& parser, const Exchange& now) {
        const bool announced = parser.chunked() || parser.content_length().value_or(0) > 0;
        if (route.body_schema.empty()) {
            if (announced) return server::refuse(ProblemCode::bad_body, "the route takes no body");
            return {};
        }
        if (!announced)
            return server::refuse(ProblemCode::length_required, "the route takes a body of JSON");
        if (!is_media_type(now.headers.find("Content-Type").value_or(""), MediaType::json))
            return server::refuse(ProblemCode::unsupported_media_type, "the body must be of JSON",
                                  "send Content-Type: application/json");
        return {};
    }

    net::awaitable<bool> reply(Exchange& now) {
        const Route& route = hub_.router.routes()[now.match.route];
        if (route.is_immediate) {
            Answered given = answered(route, now.match.call, {});
            co_return co_await give(now, given);
        }
        if (!hub_.pool->has_room()) {
            const Problem problem = overloaded();
            co_return co_await refuse(now, problem);
        }
        const Deadline deadline(hub_, hub_.limits().deadline);
        auto work = [&route, &call = now.match.call,
                     stop = deadline.token()](std::size_t worker) mutable {
            call.worker = worker;
            return answered(route, call, stop);
        };
        Answered given = co_await on_pool<Answered>(*hub_.pool, std::move(work));
        co_return co_await give(now, given);
    }

    net::awaitable<bool> give(Exchange& now, Answered& given) {
        if (!given.answer) co_return co_await refuse(now, given.answer.error());
        if (given.answer->pieces) co_return co_await stream(now, *given.answer);
        Response response = response_of(now, *std::move(given.answer), given.tag);
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
        describe(head, now, answer.type);
        head.chunked(true);
        http::response_serializer<http::empty_body> serializer(head);
        allow(hub_.limits().write_stall);
        const auto begun = co_await http::async_write_header(stream_, serializer, kNoThrow);
        if (std::get<0>(begun)) co_return false;
        for (;;) {
            using Piece = Result<std::optional<std::string>>;
            auto work = [&answer, stop = deadline.token()](std::size_t worker) -> Piece {
                try {
                    return answer.pieces(worker, stop);
                } catch (const std::exception& error) {
                    return server::refuse(ProblemCode::internal, error.what());
                }
            };
            const Piece piece = co_await on_pool<Piece>(*hub_.pool, std::move(work));
            if (!piece) {
                count(now, kind_of(piece.error().code).status);
                hub_.metrics.refused(piece.error().code);
                co_return false;
            }
            if (!*piece) break;
            if ((*piece)->empty()) continue;
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

    void count(const Exchange& now, unsigned status) {
        if (now.route) hub_.metrics.answered(*now.route, status, Hub::Clock::now() - now.asked);
    }

    net::awaitable<bool> write(Exchange& now, Response& response) {
        count(now, response.result_int());
        if (hub_.stopping) response.keep_alive(now.keep_alive = false);
        const std::size_t bytes = response.body().size();
        response.prepare_payload();
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

/// A client is counted against the bound of its address while this lives.
class PeerCount {
  public:
    PeerCount(Hub& hub, const std::string& peer)
        : hub_(hub), place_(hub.by_peer.try_emplace(peer).first) {
        ++place_->second;
    }
    PeerCount(const PeerCount&) = delete;
    PeerCount& operator=(const PeerCount&) = delete;
    PeerCount(PeerCount&&) = delete;
    PeerCount& operator=(PeerCount&&) = delete;
    ~PeerCount() {
        if (--place_->second == 0) hub_.by_peer.erase(place_);
    }

  private:
    Hub& hub_;
    std::map<std::string, std::size_t>::iterator place_;
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
