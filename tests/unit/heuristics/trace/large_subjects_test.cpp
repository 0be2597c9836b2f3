// Subjects that are too large to be followed whole: how much of them was, out of how much.
#include "heuristics/report/trace_coverage.h"
#include "heuristics/trace/subjects.h"

#include "tests/unit/heuristics/trace/payout_scene.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

using simulator::operator""_coins;

}  // namespace

TEST_CASE("large subjects: of the newest payments it is told how many transactions they are of",
          "[trace][subjects]") {
    PayoutScene scene;
    scene.scope.newest_suffice = true;
    scene.scope.payouts_max = 2;
    const Address employer = scene.who("employer");
    for (int i = 0; i < 5; ++i)
        scene.spend({scene.mined_by(employer)}, {{scene.who("bob"), 50_coins}});
    const Payouts found = scene.payouts(text(employer));
    REQUIRE(found.truncated);
    REQUIRE(found.found.size() == 2);
    REQUIRE(report::gap_of_newest(found, SubjectSide::paid).words ==
            "only the newest 2 payments were followed, of 2 out of at most 10 transactions of 1 "
            "out of 1 addresses");

    scene.scope.side = SubjectSide::received;
    const Payouts receipts = scene.payouts(text(employer));
    REQUIRE(receipts.truncated);
    REQUIRE(report::gap_of_newest(receipts, SubjectSide::received).words ==
            "only the newest 2 receipts were followed, of 2 out of at most 10 transactions of 1 "
            "out of 1 addresses");
}

TEST_CASE("large subjects: of an entity that is left out it is told how large it is",
          "[trace][subjects]") {
    PayoutScene scene;
    scene.scope.newest_suffice = true;
    scene.scope.addresses_max = 2;
    std::vector<OutPoint> coins;
    for (const char* const name : {"one", "two", "three"})
        coins.push_back(scene.mined_by(scene.who(name)));
    scene.spend(coins, {{scene.who("bob"), 150_coins}});
    const Payouts found = scene.payouts(text(scene.who("two")));
    REQUIRE(found.entity_left_out);
    REQUIRE(report::gap_of_entity(found).words ==
            "its entity is too large: of 3 addresses only 1 named by itself was followed");

    scene.scope.addresses_max = 3;
    const Payouts whole = scene.payouts(text(scene.who("two")));
    REQUIRE_FALSE(whole.entity_left_out);
    REQUIRE(whole.reach.addresses == 3);
    REQUIRE(whole.reach.addresses_all == 3);
    REQUIRE(whole.reach.transactions == 1);
}

}  // namespace wagetrail
