#include "server/state/state_file.h"

#include "server/state/cases.h"
#include "server/state/jobs.h"
#include "server/state/replies.h"
#include "tests/unit/server/state/state_home.h"

#include <catch2/catch.hpp>

namespace wagetrail::server {
namespace {

constexpr Time kNow{1'700'000'000};

/// A file as the program of that format left it.
void make_second_format(lists::Sqlite& state) {
    for (const char* const statement :
         {"DROP INDEX replies_by_caller", "DROP INDEX jobs_by_caller", "DROP INDEX cases_by_caller",
          "ALTER TABLE replies DROP COLUMN bytes", "ALTER TABLE jobs DROP COLUMN bytes",
          "ALTER TABLE cases DROP COLUMN bytes", "PRAGMA user_version = 2"})
        REQUIRE(state.run(statement));
}

void make_first_format(lists::Sqlite& state) {
    make_second_format(state);
    REQUIRE(state.run("DROP TABLE cases; PRAGMA user_version = 1"));
}

std::int64_t integer_of(lists::Sqlite& state, const char* sql) {
    auto rows = state.prepare(sql).value();
    REQUIRE(rows.step().value());
    return rows.integer(0);
}

}  // namespace

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

TEST_CASE("state: the first format gets a place for cases", "[server][state]") {
    const StateHome home;
    {
        lists::Sqlite state = home.open();
        make_first_format(state);
    }
    CaseStore cases(home.open());
    CHECK(cases.add("a", {.title = "x", .content = "{}"}, kNow).has_value());
    lists::Sqlite state = home.open();
    CHECK(integer_of(state, "PRAGMA user_version") == 3);
    CHECK(integer_of(state, "SELECT bytes FROM cases") == 2);
}

TEST_CASE("state: the second format is measured, and loses nothing", "[server][state]") {
    const StateHome home;
    const ReplyKey key{.caller = "a", .key = "1", .request = "x"};
    std::string done;
    std::string waiting;
    std::string case_id;
    {
        ReplyStore replies(home.open());
        REQUIRE_FALSE(replies.begin(key, kNow)->has_value());
        replies.keep(key, {.body = "\xC3\xA9!"});  // three bytes, two letters
        JobStore jobs(home.open());
        done = jobs.add({.caller = "a", .kind = "echo", .body = "{}"}, kNow)->id;
        REQUIRE(jobs.take_next(kNow).value());
        REQUIRE(jobs.finish(done, std::string("answer"), kNow));
        waiting = jobs.add({.caller = "a", .kind = "echo", .body = "{\"x\":1}"}, kNow)->id;
        CaseStore cases(home.open());
        case_id = cases.add("a", {.title = "x", .content = "{}"}, kNow)->id;
        lists::Sqlite state = home.open();
        make_second_format(state);
        REQUIRE(state.run("UPDATE jobs SET body = 'its question' WHERE state = 2"));
    }
    lists::Sqlite state = home.open();
    CHECK(integer_of(state, "SELECT bytes FROM replies") == 3);
    CHECK(integer_of(state, "SELECT bytes FROM jobs WHERE state = 2") == 6);
    CHECK(integer_of(state, "SELECT bytes FROM jobs WHERE state = 0") == 7);
    CHECK(integer_of(state, "SELECT bytes FROM cases") == 2);
    CHECK(integer_of(state, "SELECT count(*) FROM jobs WHERE state = 2 AND body <> ''") == 0);
    ReplyStore replies(home.open());
    CHECK(replies.begin(key, kNow).value()->body == "\xC3\xA9!");
    JobStore jobs(home.open());
    CHECK(jobs.answer(done, "a").value() == "answer");
    CHECK(jobs.find(waiting, "a")->request.body == "{\"x\":1}");
    CHECK(CaseStore(home.open()).find("a", case_id).has_value());
}

}  // namespace wagetrail::server
