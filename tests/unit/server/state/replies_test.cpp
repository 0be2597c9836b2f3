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

TEST_CASE("state: one server for a home, one format for a file", "[server][state]") {
    const StateHome home;
    auto lock = StateLock::take(home.folder());
    REQUIRE(lock);
    CHECK(StateLock::take(home.folder()).error().code == ErrorCode::invalid);
    {
        const StateLock moved = *std::move(lock);
    }
    CHECK(StateLock::take(home.folder()));
    auto state = home.open();
    REQUIRE(state.run("PRAGMA user_version = 99"));
    CHECK(open_state(home.folder()).error().code == ErrorCode::invalid);
}

}  // namespace wagetrail::server
