#include "tests/simulator/shape/shape_chain.h"

#include "chain/bitcoin/block.h"
#include "chain/keys.h"

#include "tests/simulator/tx_builder.h"

#include <catch2/catch.hpp>

#include <map>
#include <set>

namespace wagetrail::simulator {
namespace {

struct Shape {
    ShapeSummary summary;
    std::vector<Bytes> blocks;
};

Shape shaped(const ShapeParameters& set) {
    Shape shape;
    const auto summary =
        write_shape_chain(set, [&](ByteView block) { shape.blocks.push_back(to_bytes(block)); });
    REQUIRE(summary.has_value());
    shape.summary = *summary;
    return shape;
}

ShapeParameters small() {
    return {.ledger = LedgerId::btc_regtest,
            .seed = 3,
            .blocks = 131,
            .block_payments = 100,
            .busy_transactions = 400};
}

/// What a reader of the blocks counts, without the help of who wrote them.
struct Counted {
    std::uint64_t transactions = 0;
    std::uint64_t inputs = 0;
    std::uint64_t outputs = 0;
    std::uint64_t bytes = 0;
    std::uint64_t missing = 0;  // inputs that spend nothing
    std::uint64_t overspent = 0;
    std::uint64_t revealed = 0;
    std::set<Bytes> scripts;
    std::map<OutPoint, Output> unspent;
    std::map<AddressKind, std::uint64_t> kinds;
    std::uint64_t busy = 0;
};

class Reading {
  public:
    explicit Reading(std::optional<Address> busy) : busy_(std::move(busy)) {}

    void read(const Block& block) {
        for (const Transaction& tx : block.transactions) read(tx);
    }
    Counted counted;

  private:
    void read(const Transaction& tx) {
        ++counted.transactions;
        bool busy = false;
        Amount in;
        for (const TxIn& input : tx.inputs) {
            if (tx.is_coinbase()) break;
            ++counted.inputs;
            const auto spent = counted.unspent.find(input.prevout);
            counted.missing += spent == counted.unspent.end() ? 1U : 0U;
            if (spent == counted.unspent.end()) continue;
            in += spent->second.amount;
            busy = busy || spent->second.to == busy_;
            counted.revealed += revealed_key(input, spent->second.to) ? 1U : 0U;
            counted.unspent.erase(spent);
        }
        Amount out;
        for (std::uint32_t n = 0; n < tx.outputs.size(); ++n) {
            ++counted.outputs;
            out += tx.outputs[n].amount;
            const Address to = address_of_script(LedgerId::btc_regtest, tx.outputs[n].script);
            ++counted.kinds[to.kind];
            counted.scripts.insert(to_bytes(tx.outputs[n].script));
            busy = busy || to == busy_;
            if (!is_unspendable(to))
                counted.unspent[{tx.txid, OutIndex(n)}] = {to, tx.outputs[n].amount};
        }
        counted.overspent += !tx.is_coinbase() && out > in ? 1U : 0U;
        counted.busy += busy ? 1U : 0U;
    }
    std::optional<Address> busy_;
};

}  // namespace

TEST_CASE("shape: what the summary says is what a reader of the blocks counts",
          "[simulator][shape]") {
    const Shape shape = shaped(small());
    const ShapeSummary& said = shape.summary;
    REQUIRE(said.busy.has_value());
    Reading reading(said.busy->address);
    std::uint64_t bytes = 0;
    BlockHash previous;
    for (const Bytes& raw : shape.blocks) {
        const auto block = decode_block(params(LedgerId::btc_regtest), raw);
        REQUIRE(block.has_value());
        REQUIRE(block->header.previous == previous);
        previous = block->hash;
        bytes += raw.size() + 8;
        reading.read(*block);
    }
    const Counted& found = reading.counted;
    REQUIRE(shape.blocks.size() == 132);
    REQUIRE(said.tip == Height(131));
    REQUIRE(said.tip_hash == previous);
    REQUIRE(said.bytes == bytes);
    REQUIRE(said.transactions == found.transactions);
    REQUIRE(said.inputs == found.inputs);
    REQUIRE(said.outputs == found.outputs);
    REQUIRE(said.scripts == found.scripts.size());
    REQUIRE(said.unspent == found.unspent.size() - 1);  // nobody can spend genesis
    REQUIRE(said.busy->transactions == found.busy);
    REQUIRE(found.busy == 400);
    REQUIRE(found.missing == 0);
    REQUIRE(found.overspent == 0);
    // Keys are points and hash to what was paid: P2PKH, P2WPKH and P2SH-P2WPKH reveal them.
    REQUIRE(found.revealed > found.inputs / 2);
    for (const AddressKind kind : {AddressKind::p2pkh, AddressKind::p2sh, AddressKind::p2wpkh,
                                   AddressKind::p2wsh, AddressKind::p2tr, AddressKind::op_return})
        REQUIRE(found.kinds.at(kind) > 30);
}

TEST_CASE("shape: inputs, outputs and new scripts are as many as on the main chain",
          "[simulator][shape]") {
    const auto seed = GENERATE(1U, 2U);
    ShapeParameters set = small();
    set.seed = seed;
    set.blocks = 116;
    set.block_payments = 1500;
    set.busy_transactions = 0;
    const ShapeSummary summary = shaped(set).summary;
    const auto per_thousand = [](std::uint64_t part, std::uint64_t whole) {
        return part * 1000 / whole;
    };
    const std::uint64_t inputs = per_thousand(summary.payment_inputs, summary.payments);
    const std::uint64_t outputs = per_thousand(summary.payment_outputs, summary.payments);
    const std::uint64_t fresh = per_thousand(summary.payment_outputs_new, summary.payment_outputs);
    CAPTURE(inputs, outputs, fresh);
    REQUIRE((inputs > 2450 && inputs < 2550));
    REQUIRE((outputs > 2650 && outputs < 2850));
    REQUIRE((fresh > 395 && fresh < 405));
    REQUIRE_FALSE(summary.busy.has_value());
}

TEST_CASE("shape: a size ends with the first block that reaches it", "[simulator][shape]") {
    ShapeParameters set = small();
    set.blocks.reset();
    set.bytes = 600'000;
    set.busy_transactions = 0;
    const Shape shape = shaped(set);
    REQUIRE(shape.summary.bytes >= 600'000);
    REQUIRE(shape.summary.bytes - shape.blocks.back().size() - 8 < 600'000);
    set.busy_transactions = 300;
    const ShapeSummary busy = shaped(set).summary;
    REQUIRE(busy.busy->transactions == 300);
    REQUIRE((busy.bytes >= 600'000 && busy.bytes < 700'000));
}

TEST_CASE("shape: the same parameters give the same bytes, another seed others",
          "[simulator][shape]") {
    ShapeParameters set = small();
    set.blocks = 104;
    set.busy_transactions = 10;
    const Shape once = shaped(set);
    REQUIRE(once.blocks == shaped(set).blocks);
    set.seed = 4;
    REQUIRE(once.blocks != shaped(set).blocks);
}

TEST_CASE("shape: impossible wishes are refused before anything is written", "[simulator][shape]") {
    const auto refused = [](auto change) {
        ShapeParameters set = small();
        change(set);
        const auto done = write_shape_chain(set, [](ByteView) { FAIL("a block was written"); });
        return !done && done.error().code == ErrorCode::invalid;
    };
    REQUIRE(refused([](auto& set) { set.ledger = LedgerId::btc; }));
    REQUIRE(refused([](auto& set) { set.blocks = 101; }));
    REQUIRE(refused([](auto& set) { set.bytes = 1000; }));
    REQUIRE(refused([](auto& set) { set.blocks.reset(); }));
    REQUIRE(refused([](auto& set) { set.block_payments = 0; }));
    REQUIRE(refused([](auto& set) { set.block_payments = 6001; }));
    REQUIRE(refused([](auto& set) { set.busy_transactions = 1501; }));
}

}  // namespace wagetrail::simulator
