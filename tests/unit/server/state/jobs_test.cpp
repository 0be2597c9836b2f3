#include "server/state/jobs.h"

#include "server/state/job_runner.h"
#include "tests/unit/server/state/state_home.h"

#include <catch2/catch.hpp>

#include <thread>

namespace wagetrail::server {
namespace {

constexpr Time kNow{1'700'000'000};

JobRequest request(std::string caller = "a") {
    return {.caller = std::move(caller), .kind = "echo", .body = "{}"};
}

JobState state_of(JobStore& jobs, const std::string& id) {
    return jobs.find(id, "a").value().state;
}

/// Until it has ended; a runner takes moments.
JobState ended(JobStore& jobs, const std::string& id) {
    for (int i = 0; i < 500 && !has_ended(state_of(jobs, id)); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return state_of(jobs, id);
}

}  // namespace

TEST_CASE("jobs: first come, first run; only their caller sees them", "[server][jobs]") {
    const StateHome home;
    JobStore jobs(home.open());
    const Job first = jobs.add(request(), kNow).value();
    const Job second = jobs.add(request(), kNow).value();
    CHECK(jobs.find(first.id, "b").error().code == ProblemCode::not_found);
    CHECK(jobs.cancel(first.id, "b", kNow).error().code == ProblemCode::not_found);
    CHECK(jobs.answer(first.id, "a").error().code == ProblemCode::conflict);
    CHECK(jobs.take_next(kNow).value()->id == first.id);
    REQUIRE(jobs.progress(first.id, 7));
    CHECK(jobs.find(first.id, "a")->transactions == 7);
    REQUIRE(jobs.finish(first.id, std::string("bytes\n"), kNow));
    CHECK(jobs.answer(first.id, "a").value() == "bytes\n");
    CHECK(jobs.cancel(second.id, "a", kNow)->state == JobState::cancelled);
    CHECK_FALSE(jobs.take_next(kNow).value().has_value());
    REQUIRE(jobs.prune(Time{kNow.seconds + 1}));
    CHECK_FALSE(jobs.find(first.id, "a"));
}

TEST_CASE("jobs: what was cancelled while it ran stays cancelled", "[server][jobs]") {
    const StateHome home;
    JobStore jobs(home.open());
    const Job job = jobs.add(request(), kNow).value();
    REQUIRE(jobs.take_next(kNow).value());
    CHECK(jobs.cancel(job.id, "a", kNow)->state == JobState::cancelled);
    REQUIRE(jobs.finish(job.id, std::string("late"), kNow));
    CHECK(state_of(jobs, job.id) == JobState::cancelled);
}

TEST_CASE("jobs: no more than a thousand wait", "[server][jobs]") {
    const StateHome home;
    auto state = home.open();
    REQUIRE(
        state.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000) "
                  "INSERT INTO jobs (id, caller, kind, body, state, created) "
                  "SELECT i, 'a', 'echo', '', 0, 0 FROM n"));
    JobStore jobs(std::move(state));
    CHECK(jobs.add(request(), kNow).error().code == ProblemCode::overloaded);
}

TEST_CASE("jobs: one caller leaves room for the others", "[server][jobs]") {
    const StateHome home;
    JobStore jobs(home.open());
    std::string last;
    for (int i = 0; i < 100; ++i) last = jobs.add(request(), kNow).value().id;
    CHECK(jobs.add(request(), kNow).error().code == ProblemCode::overloaded);
    CHECK(jobs.add(request("b"), kNow).has_value());
    REQUIRE(jobs.cancel(last, "a", kNow));
    CHECK(jobs.add(request(), kNow).has_value());
}

TEST_CASE("jobs: a runner answers, fails and cancels, and leaves the rest to the next",
          "[server][jobs]") {
    const StateHome home;
    JobStore jobs(home.open());
    const JobWork echo = [](const std::string& body, const auto&,
                            const std::stop_token&) -> Result<std::string> { return body; };
    const JobWork refuse_all = [](const std::string&, const auto&,
                                  const std::stop_token&) -> Result<std::string> {
        return refuse(ProblemCode::bad_body, "no");
    };
    const JobWork wait = [](const std::string&, const auto&,
                            const std::stop_token& stop) -> Result<std::string> {
        while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return refuse(ProblemCode::deadline_missed, "stopped");
    };
    const auto add = [&](const char* kind) {
        return jobs.add({.caller = "a", .kind = kind, .body = "{}"}, kNow).value().id;
    };
    const std::string echoed = add("echo");
    const std::string refused = add("refuse");
    const std::string unknown = add("nonsense");
    const std::string endless = add("wait");
    const std::string left = add("wait");
    {
        JobRunner runner(jobs, {{"echo", echo}, {"refuse", refuse_all}, {"wait", wait}},
                         [] { return kNow; });
        CHECK(ended(jobs, echoed) == JobState::done);
        CHECK(ended(jobs, refused) == JobState::failed);
        CHECK(ended(jobs, unknown) == JobState::failed);
        CHECK(jobs.find(refused, "a")->problem.find("bad_body") != std::string::npos);
        while (state_of(jobs, endless) != JobState::running) std::this_thread::yield();
        REQUIRE(jobs.cancel(endless, "a", kNow));
        runner.cancelled(endless);
        while (state_of(jobs, left) != JobState::running) std::this_thread::yield();
    }
    CHECK(jobs.answer(echoed, "a").value() == "{}");
    CHECK(state_of(jobs, endless) == JobState::cancelled);
    CHECK(state_of(jobs, left) == JobState::queued);
    JobRunner next(jobs, {{"wait", echo}}, [] { return kNow; });
    CHECK(ended(jobs, left) == JobState::done);
}

TEST_CASE("jobs: of one caller the last thousand that ended are kept", "[server][jobs]") {
    const StateHome home;
    JobStore jobs(home.open());
    const Job other = jobs.add(request("b"), kNow).value();
    std::vector<std::string> ids;
    for (std::int64_t i = 0; i < 1'003; ++i) {
        const Time now{kNow.seconds + i};
        ids.push_back(jobs.add(request(), now)->id);
        REQUIRE(jobs.cancel(ids.back(), "a", now));
    }
    REQUIRE(jobs.add(request(), Time{kNow.seconds + 2'000}));
    CHECK_FALSE(jobs.find(ids[2], "a"));
    CHECK(jobs.find(ids[3], "a").has_value());
    CHECK(jobs.find(ids.back(), "a").has_value());
    CHECK(jobs.find(other.id, "b").has_value());
}

TEST_CASE("jobs: of one caller the newest answers within 256 MiB are kept", "[server][jobs]") {
    const StateHome home;
    JobStore jobs(home.open());
    lists::Sqlite state = home.open();
    const auto answered = [&](const std::string& caller, std::int64_t mebibytes) {
        const std::string id = jobs.add(request(caller), kNow).value().id;
        REQUIRE(jobs.take_next(kNow).value());
        // As if the ones before were so large; nobody wants to write that much here.
        auto update = state.prepare("UPDATE jobs SET bytes = ? WHERE id = ?").value();
        REQUIRE(jobs.finish(id, std::string("bytes"), kNow));
        REQUIRE(update.bind(mebibytes << 20U).bind(id).run());
        return id;
    };
    const std::string first = answered("a", 100);
    const std::string others = answered("b", 256);
    const std::string second = answered("a", 150);
    const std::string third = answered("a", 200);  // the first two and its five bytes fit
    CHECK(jobs.answer(first, "a").has_value());
    const std::string fourth = answered("a", 1);
    CHECK(jobs.answer(first, "a").error().code == ProblemCode::not_found);
    CHECK(jobs.answer(second, "a").error().code == ProblemCode::not_found);
    CHECK(jobs.answer(third, "a").has_value());
    CHECK(jobs.answer(fourth, "a").has_value());
    CHECK(jobs.answer(others, "b").has_value());
}

TEST_CASE("jobs: an answer beyond what may be kept is a failure, not a job without end",
          "[server][jobs]") {
    const StateHome home;
    JobStore jobs(home.open());
    const std::string id = jobs.add(request(), kNow).value().id;
    REQUIRE(jobs.take_next(kNow).value());
    REQUIRE(jobs.finish(id, std::string((256U << 20U) + 1, 'x'), kNow));
    const Job job = jobs.find(id, "a").value();
    CHECK(job.state == JobState::failed);
    CHECK(job.problem.find("limit_met") != std::string::npos);
}

TEST_CASE("jobs: the questions of one caller that wait are bounded in bytes", "[server][jobs]") {
    const StateHome home;
    JobStore jobs(home.open());
    JobRequest large = request();
    large.body = std::string(8U << 20U, ' ');
    std::string last;
    for (int i = 0; i < 8; ++i) last = jobs.add(large, kNow).value().id;
    CHECK(jobs.add(request(), kNow).error().code == ProblemCode::overloaded);
    CHECK(jobs.add(request("b"), kNow).has_value());
    REQUIRE(jobs.cancel(last, "a", kNow));
    CHECK(jobs.find(last, "a")->request.body.empty());
    CHECK(jobs.add(request(), kNow).has_value());
}

}  // namespace wagetrail::server
