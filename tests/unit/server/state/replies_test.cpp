#include "server/state/replies.h"

#include "tests/unit/server/state/state_home.h"

#include <catch2/catch.hpp>

namespace wagetrail::server {
namespace {

constexpr Time kNow{1'700'000'000};

}  // namespace

TEST_CASE("replies: one answer for one key and request", "[server][replies]") {
    const StateHome home;
    ReplyStore replies(home.open());
    const ReplyKey key{.caller = "a", .key = "1", .request = "x"};
    REQUIRE_FALSE(replies.begin(key, kNow).value().has_value());
    CHECK(replies.begin(key, kNow).error().code == ProblemCode::conflict);
    replies.keep(key, {.body = "bytes", .status = 202, .location = "/there"});
    const auto again = replies.begin(key, kNow).value();
    REQUIRE(again);
    CHECK(again->body == "bytes");
    CHECK(again->status == 202);
    CHECK(again->location == "/there");
    ReplyKey other = key;
    other.request = "y";
    CHECK(replies.begin(other, kNow).error().code == ProblemCode::key_reused);
    other.caller = "b";  // keys of two callers have nothing to do with each other
    CHECK_FALSE(replies.begin(other, kNow).value().has_value());
    replies.forget(other);
    CHECK_FALSE(replies.begin(other, kNow).value().has_value());
}

TEST_CASE("replies: a day, and what a dead server was answering is new again",
          "[server][replies]") {
    const StateHome home;
    ReplyStore replies(home.open());
    const ReplyKey key{.caller = "a", .key = "1", .request = "x"};
    REQUIRE_FALSE(replies.begin(key, kNow).value().has_value());
    ReplyStore next(home.open());
    REQUIRE(next.restart());
    CHECK_FALSE(next.begin(key, kNow).value().has_value());
    next.keep(key, {.body = "bytes"});
    CHECK(next.begin(key, Time{kNow.seconds + 24 * 3600}).value().has_value());
    CHECK_FALSE(next.begin(key, Time{kNow.seconds + 24 * 3600 + 1}).value().has_value());
}

TEST_CASE("replies: what one caller can have kept is bounded", "[server][replies]") {
    const StateHome home;
    ReplyStore replies(home.open());
    const ReplyKey large{.caller = "a", .key = "large", .request = "x"};
    REQUIRE_FALSE(replies.begin(large, kNow).value().has_value());
    replies.keep(large, {.body = std::string((256U << 10U) + 1, 'x')});
    CHECK_FALSE(replies.begin(large, kNow).value().has_value());  // not kept: it is made again
    {
        lists::Sqlite state = home.open();
        REQUIRE(state.run(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) "
            "INSERT INTO replies (caller, key, request, at, status) SELECT 'a', 'k' || i, 'x', "
            "1700000000, 200 FROM n"));
    }
    const ReplyKey next{.caller = "a", .key = "next", .request = "x"};
    CHECK(replies.begin(next, kNow).error().code == ProblemCode::limit_met);
    CHECK(replies.begin({.caller = "a", .key = "k7", .request = "x"}, kNow).value().has_value());
    CHECK_FALSE(replies.begin({.caller = "b", .key = "1", .request = "x"}, kNow)->has_value());
    CHECK_FALSE(replies.begin(next, Time{kNow.seconds + 24 * 3600 + 1})->has_value());
}

TEST_CASE("replies: of one caller 64 MiB are kept, counting those being made",
          "[server][replies]") {
    const StateHome home;
    ReplyStore replies(home.open());
    const std::string largest(256U << 10U, 'x');
    const auto key = [](int number, std::string caller = "a") {
        return ReplyKey{.caller = std::move(caller), .key = std::to_string(number), .request = "x"};
    };
    for (int i = 0; i < 255; ++i) {
        REQUIRE_FALSE(replies.begin(key(i), kNow).value().has_value());
        replies.keep(key(i), {.body = largest});
    }
    REQUIRE_FALSE(replies.begin(key(255), kNow).value().has_value());  // the last room is held
    CHECK(replies.begin(key(256), kNow).error().code == ProblemCode::limit_met);
    CHECK_FALSE(replies.begin(key(0, "b"), kNow)->has_value());
    replies.keep(key(255), {.body = "small"});
    CHECK(replies.begin(key(256), kNow).error().code == ProblemCode::limit_met);
    replies.forget(key(255));
    CHECK_FALSE(replies.begin(key(256), kNow)->has_value());
    CHECK(replies.begin(key(7), kNow).value()->body == largest);
}

}  // namespace wagetrail::server
