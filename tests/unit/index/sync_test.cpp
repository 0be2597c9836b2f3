#include "index/sync.h"

#include "heuristics/clustering.h"

#include "tests/unit/heuristics/indexed_chain.h"

#include <catch2/catch.hpp>

#include <functional>

namespace wagetrail::index {
namespace {

using simulator::ChainBuilder;

/// Gives a built chain and notes when it is told to rest.
class BuiltSource final : public BlockSource {
  public:
    explicit BuiltSource(const ChainBuilder& chain) : chain_(chain) {}

    [[nodiscard]] std::string name() const override { return "built"; }
    [[nodiscard]] Expected<ChainTip> tip() override {
        return ChainTip{chain_.height(), chain_.block_at(chain_.height()).hash};
    }
    [[nodiscard]] Expected<std::optional<BlockHash>> hash_at(Height height) override {
        return chain_.block_at(height).hash;
    }
    [[nodiscard]] Expected<void> read(
        Height from,
        Height to,
        std::stop_token /*stop*/,
        const std::function<Expected<void>(SourceBlock)>& sink) override {
        for (Height height = from; height <= to; height = height.next())
            TRY(sink({.height = height, .block = chain_.block_at(height), .position = {}}));
        return {};
    }
    void rest() override {
        if (on_rest) on_rest();
    }

    std::function<void()> on_rest;

  private:
    const ChainBuilder& chain_;
};

std::uint64_t bytes_in_tables(IndexedChain& index) {
    return index.store().database().size_bytes(Family::blocks);
}

}  // namespace

TEST_CASE("sync: what was read once lies in tables at the end", "[index][sync]") {
    ChainBuilder chain;
    for (int i = 0; i < 3; ++i) chain.block({});
    Clustering clustering(LedgerId::btc_regtest);
    IndexedChain index(LedgerId::btc_regtest, clustering.derivation());
    BuiltSource source(chain);
    bool rested = false;
    source.on_rest = [&] { rested = true; };
    const auto done = sync(index.store(), source, {}, {}, [](const SyncProgress&) {});
    REQUIRE(done.has_value());
    REQUIRE(done->height == chain.height());
    REQUIRE(bytes_in_tables(index) > 0);
    REQUIRE_FALSE(rested);
}

TEST_CASE("sync: a follower lets its source rest between looks, and keeps its rows in memory",
          "[index][sync]") {
    ChainBuilder chain;
    chain.block({});
    Clustering clustering(LedgerId::btc_regtest);
    IndexedChain index(LedgerId::btc_regtest, clustering.derivation());
    BuiltSource source(chain);
    std::stop_source stop;
    std::vector<Height> seen;
    source.on_rest = [&] {
        seen.push_back(index.store().tip()->height);
        if (seen.size() == 2) stop.request_stop();
        chain.block({});
    };
    const SyncOptions options{
        .to_height = {}, .follow = true, .poll = std::chrono::milliseconds(0)};
    const auto done =
        sync(index.store(), source, options, stop.get_token(), [](const SyncProgress&) {});
    REQUIRE(done.has_value());
    REQUIRE(seen == std::vector{Height(1), Height(2)});
    REQUIRE(bytes_in_tables(index) == 0);
}

}  // namespace wagetrail::index
