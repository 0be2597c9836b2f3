#include "index/preparation.h"

#include "chain/base/sha256.h"

#include "tests/simulator/chain_builder.h"

#include <catch2/catch.hpp>

namespace wagetrail::index {

using simulator::ChainBuilder;

namespace {

class Marked : public Hints {
  public:
    explicit Marked(Height of) : height(of) {}
    Height height;
};

Derivation marking() {
    Derivation derivation;
    derivation.prepare = [](const SourceBlock& source) {
        return std::make_unique<Marked>(source.height);
    };
    return derivation;
}

SourceBlock block_of(const ChainBuilder& chain, std::uint32_t height) {
    return {.height = Height(height), .block = chain.block_at(Height(height)), .position = {}};
}

}  // namespace

TEST_CASE("preparation: blocks come out in their order with what was found", "[index][sync]") {
    ChainBuilder chain;
    constexpr std::uint32_t kBlocks = 200;
    for (std::uint32_t i = 0; i < kBlocks; ++i) chain.block({});
    const Derivation derivation = marking();
    Preparation ahead(chain.ledger(), derivation);
    std::uint32_t out = 1;
    const auto check_next = [&] {
        const PreparedBlock prepared = ahead.pop();
        REQUIRE(prepared.source.height == Height(out));
        REQUIRE(static_cast<const Marked&>(*prepared.hints).height == Height(out));
        std::size_t output = 0;
        for (const Transaction& tx : prepared.source.block.transactions)
            for (const TxOut& paid : tx.outputs) {
                REQUIRE(prepared.outputs[output].script_hash == sha256(paid.script));
                REQUIRE(script_of(prepared.outputs[output].address) == to_bytes(paid.script));
                ++output;
            }
        REQUIRE(prepared.outputs.size() == output);
        ++out;
    };
    for (std::uint32_t in = 1; in <= kBlocks; ++in) {
        while (ahead.full()) check_next();
        ahead.push(block_of(chain, in));
    }
    while (!ahead.empty()) check_next();
    CHECK(out == kBlocks + 1);
}

TEST_CASE("preparation: what nobody fetched goes with it", "[index][sync]") {
    ChainBuilder chain;
    for (std::uint32_t i = 0; i < 10; ++i) chain.block({});
    const Derivation derivation = marking();
    Preparation ahead(chain.ledger(), derivation);
    for (std::uint32_t in = 1; in <= 10; ++in) ahead.push(block_of(chain, in));
    CHECK_FALSE(ahead.empty());
}

}  // namespace wagetrail::index
