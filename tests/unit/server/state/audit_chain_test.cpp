#include "server/state/audit_chain.h"

#include "server/state/journal.h"
#include "tests/unit/server/state/state_home.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace wagetrail::server {
namespace {

constexpr Time kNow{1'700'000'000};

Exchanged exchanged(std::string target) {
    return {.request_id = "r", .caller = "k", .method = "GET", .target = std::move(target)};
}

}  // namespace

TEST_CASE("audit: a line holds whatever was sent as JSON of one line", "[server][audit]") {
    for (const std::string target : {"/v1/lists", "/\"\\\n\r\x01", "/\xff\xfe", "/\u00e9"}) {
        const std::string line = audit_line(exchanged(target), kNow);
        CHECK(line.find('\n') == line.size() - 1);
        const auto json = nlohmann::json::parse(line);
        CHECK(json["at"] == "2023-11-14T22:13:20Z");
        CHECK(json.size() == 10);
    }
    CHECK(nlohmann::json::parse(audit_line(exchanged("/\"\n"), kNow))["target"] == "/\"\n");
}

TEST_CASE("audit: batches follow from each other", "[server][audit]") {
    const StateHome home;
    auto state = home.open();
    CHECK(verify_audit(state, {})->batches == 0);
    REQUIRE(append_batch(state, kNow, "a\nb\n", 2));
    const AuditHead first = verify_audit(state, {}).value();
    CHECK(first.entries == 2);
    REQUIRE(append_batch(state, kNow, "c\n", 1));
    const AuditHead second = verify_audit(state, NotedBatch{1, first.sha256}).value();
    CHECK(second.batches == 2);
    CHECK(second.sha256 != first.sha256);
    CHECK(last_lines(state, 2).value() == std::vector<std::string>{"b", "c"});
    CHECK(last_lines(state, 9)->size() == 3);
    CHECK(verify_audit(state, NotedBatch{2, first.sha256}).error().code == ErrorCode::corrupt);
    CHECK(verify_audit(state, NotedBatch{3, first.sha256}).error().code == ErrorCode::corrupt);
    REQUIRE(state.run("UPDATE audit SET lines = x'610a620a' WHERE number = 2"));
    CHECK(verify_audit(state, {}).error().what.find("batch 2") != std::string::npos);
}

TEST_CASE("audit: what was recorded is written before the journal is gone", "[server][audit]") {
    const StateHome home;
    {
        Journal journal(home.open(), [] { return kNow; }, [](const std::string&) {});
        for (int i = 0; i < 1'000; ++i) journal.record(exchanged("/" + std::to_string(i)));
        CHECK_FALSE(journal.trouble().has_value());
    }
    auto state = home.open();
    CHECK(verify_audit(state, {})->entries == 1'000);
    CHECK(last_lines(state, 1)->front().find("\"/999\"") != std::string::npos);
}

}  // namespace wagetrail::server
