#include "index/store.h"

#include "index/doctor.h"

#include "heuristics/clustering.h"

#include "tests/simulator/chain_builder.h"
#include "tests/unit/heuristics/indexed_chain.h"

#include <catch2/catch.hpp>

namespace wagetrail::index {

using simulator::BuiltTx;
using simulator::ChainBuilder;
using simulator::operator""_coins;

namespace {

std::vector<Sha256Hash> digests_of(const IndexedChain& chain) {
    std::vector<Sha256Hash> all;
    const auto families = digests(chain.view().reader(), {});
    REQUIRE(families.has_value());
    for (const FamilyDigest& family : *families) all.push_back(family.digest);
    return all;
}

Diagnosis examined(const IndexedChain& chain) {
    auto diagnosis = examine(chain.view(), Depth::deep, {}, [](Height) {});
    REQUIRE(diagnosis.has_value());
    return *std::move(diagnosis);
}

/// Alice mines, pays Bob, Bob pays Carol in the same block.
void tell_story(ChainBuilder& chain) {
    const Address alice = chain.address("alice");
    const Address bob = chain.address("bob", AddressKind::p2pkh);
    const Address carol = chain.address("carol", AddressKind::p2tr);
    chain.block({}, {.miner = alice});
    const BuiltTx wage = chain.pay(alice, bob, 3_coins);
    const BuiltTx rent = chain.pay(bob, carol, 1_coins);
    chain.block({wage, rent});
}

}  // namespace

TEST_CASE("store: a block reverted leaves the rows of before, byte for byte", "[index][store]") {
    ChainBuilder chain;
    tell_story(chain);
    Clustering clustering(LedgerId::btc_regtest);
    IndexedChain index(LedgerId::btc_regtest, clustering.derivation());
    index.add_from(chain);
    const auto before = digests_of(index);
    const Address alice = chain.address("alice");
    chain.block({chain.pay(alice, chain.address("dave"), 2_coins)}, {.miner = alice});
    chain.block({}, {.miner = alice});
    index.add_from(chain);
    REQUIRE(digests_of(index) != before);
    REQUIRE(index.store().revert().has_value());
    REQUIRE(index.store().revert().has_value());
    REQUIRE(digests_of(index) == before);
    index.add_from(chain);
    REQUIRE(examined(index).findings.empty());
}

TEST_CASE("store: the whole chain can be taken out again", "[index][store]") {
    ChainBuilder chain;
    tell_story(chain);
    Clustering clustering(LedgerId::btc_regtest);
    IndexedChain index(LedgerId::btc_regtest, clustering.derivation());
    index.add_from(chain);
    while (index.store().tip()) REQUIRE(index.store().revert().has_value());
    REQUIRE_FALSE(index.store().revert().has_value());
    index.add_from(chain);
    REQUIRE(examined(index).findings.empty());
}

TEST_CASE("store: a block that does not follow the tip is refused", "[index][store]") {
    ChainBuilder chain;
    tell_story(chain);
    Clustering clustering(LedgerId::btc_regtest);
    IndexedChain index(LedgerId::btc_regtest, clustering.derivation());
    const auto refused = index.store().apply(
        {.height = Height(1), .block = chain.block_at(Height(1)), .position = {}},
        Durability::process_kill);
    REQUIRE_FALSE(refused.has_value());
    REQUIRE(refused.error().code == ErrorCode::invalid);
}

TEST_CASE("view: totals, history and spenders are those of its block", "[index][view]") {
    ChainBuilder chain;
    tell_story(chain);
    Clustering clustering(LedgerId::btc_regtest);
    IndexedChain index(LedgerId::btc_regtest, clustering.derivation());
    index.add_from(chain);
    const LedgerView now = index.view();
    const auto bob = *now.find_address(chain.address("bob", AddressKind::p2pkh));
    REQUIRE(bob.has_value());
    const Totals totals = *now.totals(*bob);
    REQUIRE(totals.tx_count == 2);
    REQUIRE(totals.received > totals.sent);
    REQUIRE(now.history(*bob, TxId(0), 1)->next.has_value());
    const HistoryPage both = *now.history(*bob, TxId(0), 2);
    const HistoryPage newest = *now.history_back(*bob, now.end_tx(), 1);
    REQUIRE(newest.postings.front().tx == both.postings.back().tx);
    REQUIRE(newest.next == both.postings.front().tx);
    const HistoryPage rest = *now.history_back(*bob, newest.next->next(), 5);
    REQUIRE(rest.postings.size() == 1);
    REQUIRE(rest.postings.front().tx == both.postings.front().tx);
    REQUIRE_FALSE(rest.next.has_value());
    REQUIRE(now.history_back(*bob, TxId(0), 5)->postings.empty());
    const auto before = LedgerView::open_at(now.reader(), LedgerId::btc_regtest, Height(1));
    REQUIRE(before.has_value());
    REQUIRE_FALSE((*before->find_address(chain.address("bob", AddressKind::p2pkh))).has_value());
    const auto reward = *before->find_address(chain.address("alice"));
    REQUIRE(before->totals(*reward)->sent == Amount());
    REQUIRE(now.totals(*reward)->sent > Amount());
    const HistoryPage page = *before->history(*reward, TxId(0), 10);
    const TxRecord coinbase = *before->tx(page.postings.front().tx);
    REQUIRE_FALSE((*before->spender(coinbase.first_out)).has_value());
    REQUIRE((*now.spender(coinbase.first_out)).has_value());
}

TEST_CASE("rows: decoding refuses what encoding never writes", "[index][rows]") {
    const Bytes nonsense(11, 0xFF);
    REQUIRE_FALSE(TxChunk::decoded(nonsense).has_value());
    REQUIRE_FALSE(OutChunk::decoded(nonsense).has_value());
    REQUIRE_FALSE(InChunk::decoded(nonsense).has_value());
    REQUIRE_FALSE(AddrChunk::decoded(nonsense).has_value());
    REQUIRE_FALSE(HistoryRow::decoded(nonsense, nonsense).has_value());
    REQUIRE_FALSE(SpentRow::decoded(nonsense, nonsense).has_value());
    REQUIRE_FALSE(decoded_block_row(nonsense).has_value());
}

TEST_CASE("rows: one output is read like all of its chunk", "[index][rows]") {
    const OutChunk chunk{.last_tx = TxId(4),
                         .next_addr = AddrId(7),
                         .entries = {{Amount(5), AddrId(7)},
                                     {Amount(300), AddrId(2)},
                                     {Amount(), AddrId(8)},
                                     {Amount(9), AddrId(7)}}};
    const Bytes row = chunk.encoded();
    for (std::size_t i = 0; i < chunk.entries.size(); ++i) {
        const OutEntry entry = *pick_out(row, chunk.entries.size() - 1 - i);
        REQUIRE(entry.amount == chunk.entries[i].amount);
        REQUIRE(entry.address == chunk.entries[i].address);
    }
    REQUIRE(out_count(row) == 4);
    REQUIRE(out_count(Bytes(11, 0xFF)) == 0);
    REQUIRE_FALSE(pick_out(ByteView(row).first(row.size() - 1), 0).has_value());
    REQUIRE(pick_out(ByteView(row).first(row.size() - 1), 1)->address == AddrId(8));
}

TEST_CASE("rows: addresses of a chunk are read one by one", "[index][rows]") {
    const Address key_hash{LedgerId::ltc, AddressKind::p2pkh, Bytes(20, 3)};
    const Address script{LedgerId::ltc, AddressKind::nonstandard, Bytes(300, 9)};
    const Address empty{LedgerId::ltc, AddressKind::nonstandard, {}};
    AddrChunk chunk;
    for (const Address& one : {key_hash, script, empty, key_hash}) chunk.add(one);
    const AddrChunk read = *AddrChunk::decoded(chunk.encoded());
    REQUIRE(read.size() == 4);
    REQUIRE(read.at(LedgerId::ltc, 0) == key_hash);
    REQUIRE(read.at(LedgerId::ltc, 1) == script);
    REQUIRE(read.at(LedgerId::ltc, 2) == empty);
    REQUIRE(read.at(LedgerId::ltc, 3) == key_hash);
    REQUIRE(read.encoded() == chunk.encoded());
}

TEST_CASE("rows: the bytes of a row are pinned", "[index][rows]") {
    const SpentRow spent{
        .spends = {{OutId(130), TxId(7), InIndex(1)}, {OutId(131), TxId(9), InIndex(0)}}};
    REQUIRE(to_hex(spent.key()) == "00000000020000000007");
    REQUIRE(to_hex(spent.encoded()) == "020001030200");
    const HistoryRow history{.address = AddrId(3),
                             .after = {2, Amount(300), Amount(5)},
                             .postings = {{TxId(8), true, false}, {TxId(10), false, true}}};
    REQUIRE(to_hex(history.key()) == "00000000030000000008");
    REQUIRE(to_hex(history.encoded()) == "02ac02050209");
    const InChunk in{.last_tx = TxId(1), .base = OutId(5), .spends = {OutId(2), OutId(6)}};
    REQUIRE(to_hex(in.encoded()) == "0105020601");
}

}  // namespace wagetrail::index
