#include "heuristics/block_keys.h"

#include "tests/simulator/chain_builder.h"

#include <catch2/catch.hpp>

#include <map>

namespace wagetrail {

using simulator::BuiltTx;
using simulator::ChainBuilder;
using simulator::operator""_coins;

TEST_CASE("block_keys: the keys found ahead are those that inputs reveal", "[heuristics][keys]") {
    ChainBuilder chain;
    const Address miner = chain.address("miner");
    std::map<OutPoint, Address> coins;
    const auto mine = [&](const std::vector<BuiltTx>& payments) {
        chain.block(payments, {.miner = miner});
        const Block block = chain.block_at(chain.height());
        for (const Transaction& tx : block.transactions)
            for (std::uint32_t i = 0; i < tx.outputs.size(); ++i)
                coins[{tx.txid, OutIndex(i)}] =
                    address_of_script(chain.ledger(), tx.outputs[i].script);
    };
    mine({});
    for (const AddressKind kind : {AddressKind::p2pk, AddressKind::p2pkh, AddressKind::p2sh,
                                   AddressKind::p2wpkh, AddressKind::p2tr}) {
        const Address payee = chain.address("payee " + std::string(name(kind)), kind);
        mine({chain.pay(miner, payee, 2_coins)});
        mine({chain.pay(payee, chain.address("shop"), 1_coins)});
    }
    KeyForms ahead(chain.ledger(), 100);
    KeyForms later(chain.ledger(), 100);
    std::size_t revealed = 0;
    for (std::uint32_t height = 1; height <= chain.height().value; ++height) {
        const SourceBlock source{
            .height = Height(height), .block = chain.block_at(Height(height)), .position = {}};
        BlockKeys keys(source, ahead);
        std::size_t input = 0;
        for (const Transaction& tx : source.block.transactions) {
            if (tx.is_coinbase()) continue;
            for (const TxIn& in : tx.inputs) {
                const auto expected = seen_key(in, coins.at(in.prevout));
                const std::uint32_t found = keys.revealed(input++, in, coins.at(in.prevout), later);
                REQUIRE((found != BlockKeys::kNone) == expected.has_value());
                if (!expected) continue;
                ++revealed;
                CHECK(keys.keys()[found].key() == *expected);
                CHECK(keys.keys()[found].scripts().size() == 7);
            }
        }
    }
    CHECK(revealed >= 9);  // the miner's five, and four of the payees
}

TEST_CASE("block_keys: a key that the spent output does not name is not revealed",
          "[heuristics][keys]") {
    ChainBuilder chain;
    const Address miner = chain.address("miner");
    chain.block({}, {.miner = miner});
    chain.block({chain.pay(miner, chain.address("shop"), 1_coins)}, {.miner = miner});
    const SourceBlock source{
        .height = chain.height(), .block = chain.block_at(chain.height()), .position = {}};
    KeyForms forms(chain.ledger(), 100);
    BlockKeys keys(source, forms);
    const TxIn& in = source.block.transactions.at(1).inputs.at(0);
    CHECK(keys.revealed(0, in, miner, forms) != BlockKeys::kNone);
    CHECK(keys.revealed(0, in, chain.address("somebody else"), forms) == BlockKeys::kNone);
}

}  // namespace wagetrail
