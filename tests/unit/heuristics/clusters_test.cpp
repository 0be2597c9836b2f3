#include "heuristics/clusters.h"

#include "heuristics/clustering.h"

#include "tests/simulator/chain_builder.h"
#include "tests/unit/heuristics/indexed_chain.h"

#include <catch2/catch.hpp>

namespace wagetrail {

using simulator::ChainBuilder;
using simulator::operator""_coins;

namespace {

AddrId id_of(const index::LedgerView& view, const Address& address) {
    const auto id = view.find_address(address);
    REQUIRE(id.has_value());
    REQUIRE(id->has_value());
    return **id;
}

}  // namespace

TEST_CASE("clusters: a signature over several inputs joins their addresses at L1",
          "[heuristics][clusters]") {
    ChainBuilder chain(LedgerId::btc_regtest, simulator::Signatures::real);
    const Address alice = chain.address("alice");
    const Address other = chain.address("alice-2");
    const Address bob = chain.address("bob");
    chain.block({}, {.miner = alice});
    chain.block({}, {.miner = other});
    chain.block({chain.tx({chain.coinbase(Height(1)), chain.coinbase(Height(2))},
                          {{bob, 60_coins}, {alice, 39_coins}})});
    Clustering clustering(LedgerId::btc_regtest);
    IndexedChain index(LedgerId::btc_regtest, clustering.derivation());
    index.add_from(chain);
    const index::LedgerView now = index.view();
    Clusters clusters(now);
    REQUIRE(*clusters.same_entity(ClusterLevel::l1, id_of(now, alice), id_of(now, other)));
    REQUIRE_FALSE(*clusters.same_entity(ClusterLevel::l0, id_of(now, alice), id_of(now, other)));
    REQUIRE_FALSE(*clusters.same_entity(ClusterLevel::l1, id_of(now, alice), id_of(now, bob)));
    const auto why = clusters.explain(ClusterLevel::l1, id_of(now, alice), id_of(now, other), 10);
    REQUIRE(why.has_value());
    REQUIRE(why->has_value());
    REQUIRE((*why)->size() == 1);
    REQUIRE((*why)->front().rule == MergeRule::co_spend);

    const auto before = index::LedgerView::open_at(now.reader(), LedgerId::btc_regtest, Height(2));
    REQUIRE(before.has_value());
    Clusters then(*before);
    REQUIRE_FALSE(*then.same_entity(ClusterLevel::l1, id_of(now, alice), id_of(now, other)));
}

TEST_CASE("clusters: two forms of one key are one entity at L0", "[heuristics][clusters]") {
    ChainBuilder chain(LedgerId::btc_regtest, simulator::Signatures::real);
    const Address legacy = chain.address("carol", AddressKind::p2pkh);
    const Address segwit = chain.address("carol", AddressKind::p2wpkh);
    chain.block({}, {.miner = legacy});
    chain.block({}, {.miner = segwit});
    Clustering clustering(LedgerId::btc_regtest);
    IndexedChain index(LedgerId::btc_regtest, clustering.derivation());
    index.add_from(chain);
    const index::LedgerView now = index.view();
    Clusters clusters(now);
    REQUIRE(*clusters.same_entity(ClusterLevel::l0, id_of(now, legacy), id_of(now, segwit)));
    const Entity entity = *clusters.entity(ClusterLevel::l0, id_of(now, segwit));
    REQUIRE(entity.size == 2);
    REQUIRE(*clusters.id(entity) == "btc-regtest:" + text(legacy));
}

}  // namespace wagetrail
