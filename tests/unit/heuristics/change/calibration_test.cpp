#include "heuristics/change/calibration.h"

#include "heuristics/clustering.h"

#include "tests/unit/heuristics/indexed_chain.h"

#include <catch2/catch.hpp>

namespace wagetrail {

using simulator::BuiltTx;
using simulator::ChainBuilder;
using simulator::operator""_coins;

namespace {

/// Alice pays 30 of 50 coins to an old address of Bob's; her change goes to a new one of hers, and
/// gives itself away when she spends it beside her next reward. Bob spends what he got.
struct Story {
    ChainBuilder chain{LedgerId::btc_regtest, simulator::Signatures::real};
    Clustering clustering{LedgerId::btc_regtest};
    IndexedChain index{LedgerId::btc_regtest, clustering.derivation()};
    BuiltTx payment;

    Story() {
        const Address alice = chain.address("alice");
        const Address bob = chain.address("bob");
        chain.block({}, {.miner = alice});
        chain.block({}, {.miner = bob});
        chain.block({}, {.miner = alice});
        payment = chain.tx({chain.coinbase(Height(1))},
                           {{bob, 30_coins}, {chain.address("alice-change"), 19_coins}});
        chain.block({payment});
    }
    void spend_both() {
        chain.block({chain.tx({payment.out(1), chain.coinbase(Height(3))},
                              {{chain.address("shop"), 69_coins}}),
                     chain.tx({payment.out(0)}, {{chain.address("cafe"), 29_coins}})});
    }
    Expected<Calibration> measured(const CalibrationOptions& options = {}) {
        index.add_from(chain);
        const index::LedgerView view = index.view();
        return calibrate(view, options, {}, [](const CalibrationProgress&) {});
    }
};

Score all_of(const Calibration& done) {
    Score all = done.total.train;
    all.add(done.total.test);
    return all;
}

}  // namespace

TEST_CASE("calibration: change that a later co-spend gives away is a row", "[heuristics][change]") {
    Story story;
    story.spend_both();
    const auto done = story.measured();
    REQUIRE(done.has_value());
    REQUIRE(done->candidates == 1);
    REQUIRE(done->clusters == 1);
    const Score all = all_of(*done);
    REQUIRE(all.rows() == 1);
    REQUIRE(all.outputs() == Hits{1, 1});
    REQUIRE(all.of_rule(ChangeRule::one_time) == Hits{1, 0});
    REQUIRE(all.of_rule(ChangeRule::address_type) == Hits{0, 0});
    REQUIRE(done->epochs.size() == 1);
    // One cluster is on one side.
    REQUIRE((done->total.train.rows() == 0 || done->total.test.rows() == 0));
}

TEST_CASE("calibration: nothing is known while an output is unspent", "[heuristics][change]") {
    Story story;
    story.chain.block({story.chain.tx({story.payment.out(1), story.chain.coinbase(Height(3))},
                                      {{story.chain.address("shop"), 69_coins}})});
    const auto done = story.measured();
    REQUIRE(done.has_value());
    REQUIRE(done->candidates == 1);
    REQUIRE(done->excluded.unspent == 1);
    REQUIRE(all_of(*done).rows() == 0);
}

TEST_CASE("calibration: change that never met its payer again is no candidate",
          "[heuristics][change]") {
    Story story;
    const auto done = story.measured();
    REQUIRE(done.has_value());
    REQUIRE(done->candidates == 0);
}

TEST_CASE("calibration: change to an address known to be the payer's is no riddle",
          "[heuristics][change]") {
    Story story;
    story.spend_both();
    // alice and alice-change are one cluster by now; she pays from the one back to the other.
    const Address alice = story.chain.address("alice");
    story.chain.block({}, {.miner = alice});
    const Height reward = story.chain.height();
    const BuiltTx again = story.chain.tx(
        {story.chain.coinbase(reward)},
        {{story.chain.address("bob"), 30_coins}, {story.chain.address("alice-change"), 19_coins}});
    story.chain.block({again});
    const auto done = story.measured();
    REQUIRE(done.has_value());
    REQUIRE(done->candidates == 2);
    REQUIRE(done->excluded.known_before == 1);
    REQUIRE(all_of(*done).rows() == 1);
}

TEST_CASE("calibration: no cluster gives more rows than allowed, and later blocks can be chosen",
          "[heuristics][change]") {
    Story story;
    story.spend_both();
    const auto capped = story.measured({.cluster_rows_max = 0});
    REQUIRE(capped.has_value());
    REQUIRE(capped->excluded.over_cluster_rows == 1);
    const auto later = story.measured({.from = Height(5)});
    REQUIRE(later.has_value());
    REQUIRE(later->candidates == 0);
}

TEST_CASE("calibration: stops when asked to", "[heuristics][change]") {
    Story story;
    story.index.add_from(story.chain);
    std::stop_source stop;
    stop.request_stop();
    const index::LedgerView view = story.index.view();
    const auto done = calibrate(view, {}, stop.get_token(), [](const CalibrationProgress&) {});
    REQUIRE_FALSE(done.has_value());
    REQUIRE(done.error().code == ErrorCode::cancelled);
}

TEST_CASE("calibration: known changes need no later evidence", "[heuristics][change]") {
    Story story;
    story.index.add_from(story.chain);
    const index::LedgerView view = story.index.view();
    const OutPoint nowhere{Txid{}, OutIndex(0)};
    const OutPoint beyond{story.payment.txid, OutIndex(2)};
    const auto done = calibrate_known(
        view, {story.payment.out(1), nowhere, beyond, story.chain.coinbase(Height(1))}, {}, {},
        [](const CalibrationProgress&) {});
    REQUIRE(done.has_value());
    REQUIRE(done->truth == ChangeTruth::known);
    REQUIRE(done->excluded.not_on_chain == 2);
    REQUIRE(done->excluded.rules_abstain == 1);
    REQUIRE(all_of(*done).of_rule(ChangeRule::one_time) == Hits{1, 0});
}

}  // namespace wagetrail
