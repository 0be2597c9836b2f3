#include "server/state/cases.h"

#include "tests/unit/server/state/state_home.h"

#include <catch2/catch.hpp>

namespace wagetrail::server {
namespace {

constexpr Time kNow{1'700'000'000};
constexpr Time kLater{1'700'000'060};

CaseText text(std::string title = "Northwind") {
    return {.title = std::move(title), .content = "{\"version\":1}"};
}

}  // namespace

TEST_CASE("cases: kept whole, and only their caller sees them", "[server][cases]") {
    const StateHome home;
    CaseStore cases(home.open());
    const Case made = cases.add("a", text(), kNow).value();
    CHECK(made.id.size() == 32);
    CHECK(made.revision == 1);
    CHECK(cases.find("a", made.id)->text.content == "{\"version\":1}");
    CHECK(cases.find("b", made.id).error().code == ProblemCode::not_found);
    CHECK(cases.remove("b", made.id).error().code == ProblemCode::not_found);
    CHECK(cases.all("b")->empty());
    REQUIRE(cases.all("a")->size() == 1);
    CHECK(cases.all("a")->front().text.title == "Northwind");
}

TEST_CASE("cases: a change needs the revision that was read", "[server][cases]") {
    const StateHome home;
    CaseStore cases(home.open());
    Case mine = cases.add("a", text(), kNow).value();
    Case theirs = mine;
    theirs.text.title = "Northwind, March";
    const Case changed = cases.change("a", theirs, kLater).value();
    CHECK(changed.revision == 2);
    CHECK(changed.created.seconds == kNow.seconds);
    CHECK(changed.changed.seconds == kLater.seconds);
    mine.text.title = "lost";
    CHECK(cases.change("a", mine, kLater).error().code == ProblemCode::conflict);
    CHECK(cases.find("a", mine.id)->text.title == "Northwind, March");
}

TEST_CASE("cases: the one changed last comes first; what is deleted is gone", "[server][cases]") {
    const StateHome home;
    CaseStore cases(home.open());
    const Case first = cases.add("a", text("first"), kNow).value();
    const Case second = cases.add("a", text("second"), kLater).value();
    CHECK(cases.all("a")->front().id == second.id);
    CHECK(cases.remove("a", second.id)->text.title == "second");
    CHECK(cases.find("a", second.id).error().code == ProblemCode::not_found);
    CHECK(cases.all("a")->front().id == first.id);
}

TEST_CASE("cases: a server that was closed finds them again", "[server][cases]") {
    const StateHome home;
    std::string id;
    {
        CaseStore cases(home.open());
        id = cases.add("a", text(), kNow)->id;
    }
    CaseStore cases(home.open());
    CHECK(cases.find("a", id)->text.title == "Northwind");
}

TEST_CASE("cases: what one caller keeps is bounded in bytes too", "[server][cases]") {
    const StateHome home;
    CaseStore cases(home.open());
    Case made = cases.add("a", text(), kNow).value();
    {
        lists::Sqlite state = home.open();
        REQUIRE(state.run("UPDATE cases SET bytes = (256 << 20) - 1"));  // as if it were so large
    }
    CHECK(cases.add("a", text(), kNow).error().code == ProblemCode::limit_met);
    CHECK(cases.add("b", text(), kNow).has_value());
    made.text.content = "{\"version\":100}";  // two bytes more than it has
    CHECK(cases.change("a", made, kLater).error().code == ProblemCode::limit_met);
    made.text.content = "{\"version\":10}";
    CHECK(cases.change("a", made, kLater).has_value());
    made.revision = 2;
    made.text.content = "{\"version\":1}";
    CHECK(cases.change("a", made, kLater).has_value());  // a smaller one always finds room
    CHECK(cases.add("a", text(), kNow).has_value());     // and what it left is counted anew
}

}  // namespace wagetrail::server
