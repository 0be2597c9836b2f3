#include "heuristics/cut.h"

#include "heuristics/clustering.h"

#include "tests/unit/heuristics/indexed_chain.h"

#include <catch2/catch.hpp>

namespace wagetrail {

using simulator::BuiltTx;
using simulator::ChainBuilder;
using simulator::operator""_coins;

namespace {

/// Alice, Bob and Carol each get a reward per height; two spend together, as often as asked.
struct Story {
    ChainBuilder chain{LedgerId::btc_regtest, simulator::Signatures::real};
    Clustering clustering{LedgerId::btc_regtest};
    IndexedChain index{LedgerId::btc_regtest, clustering.derivation()};

    OutPoint reward(std::string_view who) {
        chain.block({}, {.miner = chain.address(who)});
        return chain.coinbase(chain.height());
    }
    Txid together(std::string_view a, std::string_view b) {
        const OutPoint first = reward(a);
        const OutPoint second = reward(b);
        const BuiltTx tx = chain.tx({first, second}, {{chain.address("shop"), 99_coins}});
        chain.block({tx});
        return tx.txid;
    }
    Expected<Cut> without(std::string_view who, const Txid& txid, const CutLimits& limits = {}) {
        index.add_from(chain);
        const index::LedgerView view = index.view();
        Clusters clusters(view);
        const auto address = TRY(view.find_address(chain.address(who)));
        const auto edge = TRY(view.find_tx(txid));
        return cut(view, clusters, *address, TRY(view.tx(*edge)), limits, {});
    }
};

}  // namespace

TEST_CASE("cut: the only co-spend holds two sides together", "[heuristics][cut]") {
    Story story;
    const Txid edge = story.together("alice", "bob");
    story.together("bob", "carol");
    const auto found = story.without("carol", edge);
    REQUIRE(found.has_value());
    REQUIRE(found->entity.size == 3);
    REQUIRE(found->addresses_cut == 2);
    REQUIRE(found->co_spends == 1);
    REQUIRE(found->parts.size() == 2);
    REQUIRE(found->parts[0].members.size() == 2);  // Carol's, who was asked
    REQUIRE(found->parts[1].members.size() == 1);
}

TEST_CASE("cut: evidence that is there twice holds", "[heuristics][cut]") {
    Story story;
    const Txid first = story.together("alice", "bob");
    const Txid second = story.together("bob", "alice");  // the union-find had no use for it
    for (const Txid& edge : {first, second}) {
        const auto found = story.without("alice", edge);
        REQUIRE(found.has_value());
        REQUIRE(found->parts.size() == 1);
        REQUIRE(found->co_spends == 1);
    }
}

TEST_CASE("cut: a way round holds", "[heuristics][cut]") {
    Story story;
    const Txid edge = story.together("alice", "bob");
    story.together("bob", "carol");
    story.together("carol", "alice");
    const auto found = story.without("alice", edge);
    REQUIRE(found.has_value());
    REQUIRE(found->parts.size() == 1);
    REQUIRE(found->co_spends == 2);
}

TEST_CASE("cut: one key is not cut", "[heuristics][cut]") {
    Story story;
    const Address legacy = story.chain.address("alice", AddressKind::p2pkh);
    const OutPoint segwit = story.reward("alice");
    story.chain.block({}, {.miner = legacy});
    const BuiltTx tx = story.chain.tx({segwit, story.chain.coinbase(story.chain.height())},
                                      {{story.chain.address("shop"), 99_coins}});
    story.chain.block({tx});
    const auto found = story.without("alice", tx.txid);
    REQUIRE(found.has_value());
    REQUIRE(found->parts.size() == 1);
}

TEST_CASE("cut: a transaction that joins nothing here is not found", "[heuristics][cut]") {
    Story story;
    const Txid other = story.together("bob", "carol");
    story.together("alice", "dave");
    const auto found = story.without("alice", other);
    REQUIRE_FALSE(found.has_value());
    REQUIRE(found.error().code == ErrorCode::not_found);
}

TEST_CASE("cut: an entity too large to read again is a limit", "[heuristics][cut]") {
    Story story;
    const Txid edge = story.together("alice", "bob");
    for (const CutLimits& limits :
         {CutLimits{.addresses_max = 1}, CutLimits{.transactions_max = 0}}) {
        story.together("alice", "bob");
        const auto found = story.without("alice", edge, limits);
        REQUIRE_FALSE(found.has_value());
        REQUIRE(found.error().code == ErrorCode::limit);
    }
}

}  // namespace wagetrail
