#include "heuristics/question/policy_words.h"

#include <catch2/catch.hpp>

namespace wagetrail::question {
namespace {

using Words = std::vector<std::string>;

std::string refusal(const Words& words, Direction direction = Direction::forward) {
    const auto named = policies_named(words, direction);
    return named ? "" : named.error().what;
}

}  // namespace

TEST_CASE("policy words: each is named once, in the asker's order", "[question][policy]") {
    CHECK(policies_named({"haircut", "fifo"}, Direction::forward).value() ==
          std::vector{Policy::haircut, Policy::fifo});
    CHECK_THAT(refusal({"fifo", "haircut", "fifo"}), Catch::Contains("\"fifo\" is named twice"));
    CHECK_THAT(refusal({"all", "all"}), Catch::Contains("named twice"));
    CHECK_THAT(refusal({"fifo", "all"}), Catch::Contains("name it alone"));
    CHECK_THAT(refusal({"magic"}), Catch::Contains("unknown policy"));
}

TEST_CASE("policy words: all are those that go the way", "[question][policy]") {
    CHECK(policies_named({"all"}, Direction::forward)->size() == all_policies().size());
    CHECK(policies_named({"all"}, Direction::backward).value() ==
          std::vector{Policy::fifo, Policy::lifo, Policy::haircut, Policy::poison});
    CHECK_THAT(refusal({"libr"}, Direction::backward), Catch::Contains("backward under libr"));
}

}  // namespace wagetrail::question
