#include "tests/simulator/chain_builder.h"

#include <catch2/catch.hpp>

namespace wagetrail::simulator {

TEST_CASE("chain builder: a regtest ledger starts with its real genesis block",
          "[simulator][chain_builder]") {
    const auto ledger = GENERATE(LedgerId::btc_regtest, LedgerId::ltc_regtest);
    const ChainBuilder chain(ledger);
    REQUIRE(chain.height() == Height(0));
    REQUIRE(chain.block_at(Height(0)).hash == genesis_hash(params(ledger)));
}

TEST_CASE("chain builder: a payment spends, pays and gives change", "[simulator][chain_builder]") {
    ChainBuilder chain;
    const Address alice = chain.address("alice");
    const Address bob = chain.address("bob", AddressKind::p2pkh);
    const Block first = chain.block({}, {.miner = alice});
    const BuiltTx wage = chain.pay(alice, bob, 3_coins);
    const Block second = chain.block({wage});

    REQUIRE(second.header.previous == first.hash);
    REQUIRE(second.transactions.size() == 2);
    const Transaction& tx = second.transactions[1];
    REQUIRE(tx.txid == wage.txid);
    REQUIRE(tx.wtxid == wage.wtxid);
    REQUIRE(tx.inputs[0].prevout == chain.coinbase(Height(1)));
    REQUIRE(address_of_script(chain.ledger(), tx.outputs[0].script) == bob);
    REQUIRE(tx.outputs[0].amount == 3_coins);
    REQUIRE(tx.outputs[1].amount == 50_coins - 3_coins - 1000_units);
    REQUIRE(second.transactions[0].outputs[0].amount == 50_coins + 1000_units);
    REQUIRE(second.header.time == first.header.time + 600);
}

TEST_CASE("chain builder: every form of a key can be spent, and shows the key where it must",
          "[simulator][chain_builder]") {
    const auto signatures = GENERATE(Signatures::placeholder, Signatures::real);
    const auto kind = GENERATE(AddressKind::p2pk, AddressKind::p2pkh, AddressKind::p2sh,
                               AddressKind::p2wpkh, AddressKind::p2tr);
    ChainBuilder chain(LedgerId::ltc_regtest, signatures);
    const Address alice = chain.address("alice", kind);
    chain.block({}, {.miner = alice});
    const BuiltTx wage = chain.tx({chain.coinbase(Height(1))}, {{alice, 49_coins}});
    const Block block = chain.block({wage});
    const auto revealed = revealed_key(block.transactions[1].inputs[0], alice);
    if (kind == AddressKind::p2tr)
        REQUIRE_FALSE(revealed.has_value());
    else
        REQUIRE(revealed == chain.public_key("alice"));
}

TEST_CASE("chain builder: a child may stand in the block of its parent",
          "[simulator][chain_builder]") {
    ChainBuilder chain;
    const Address alice = chain.address("alice");
    chain.block({}, {.miner = alice});
    const BuiltTx parent = chain.pay(alice, chain.address("bob"), 2_coins);
    const BuiltTx child = chain.tx({parent.out(0)}, {{alice, 1_coins}});
    REQUIRE(child.fee == 1_coins);
    REQUIRE(chain.block({parent, child}).transactions.size() == 3);
}

TEST_CASE("chain builder: a branch competes with the blocks it left",
          "[simulator][chain_builder]") {
    ChainBuilder chain;
    const Address alice = chain.address("alice");
    chain.block({}, {.miner = alice});
    const BuiltTx paid = chain.pay(alice, chain.address("bob"), 2_coins);
    const Block old_tip = chain.block({paid});

    chain.branch_from(Height(1));
    const BuiltTx other = chain.pay(alice, chain.address("carol"), 4_coins);
    const Block new_tip = chain.block({other});
    REQUIRE(new_tip.header.previous == old_tip.header.previous);
    REQUIRE(new_tip.hash != old_tip.hash);
    REQUIRE(chain.hash_at(Height(2)) == new_tip.hash);

    chain.go_to(old_tip.hash);
    REQUIRE(chain.block_at(Height(2)).transactions[1].txid == paid.txid);
}

}  // namespace wagetrail::simulator
