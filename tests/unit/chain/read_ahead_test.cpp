#include "chain/source/read_ahead.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace wagetrail {
namespace {

std::vector<SourceBlock> blocks_of(Height first, std::uint32_t count, std::size_t bytes = 100) {
    std::vector<SourceBlock> blocks;
    for (std::uint32_t i = 0; i < count; ++i) {
        SourceBlock block{.height = first.next(i), .block = {}, .position = std::nullopt};
        block.block.raw.resize(bytes);
        blocks.push_back(std::move(block));
    }
    return blocks;
}

}  // namespace

TEST_CASE("read ahead: parts that come in another order are delivered by height",
          "[chain][source]") {
    std::mutex mutex;
    std::condition_variable changed;
    bool second_is_there = false;
    const ReadAhead plan{
        .threads = 3,
        .part = [](Height) { return 5U; },
        .fetch = [&](unsigned, Height first, std::uint32_t count,
                     const std::stop_token&) -> Expected<std::vector<SourceBlock>> {
            std::unique_lock lock(mutex);
            if (first == Height(10)) changed.wait(lock, [&] { return second_is_there; });
            if (first == Height(15)) second_is_there = true;
            changed.notify_all();
            return blocks_of(first, count);
        }};
    std::vector<std::uint32_t> heights;
    REQUIRE(plan.run(Height(10), Height(36), {}, [&](const SourceBlock& block) -> Expected<void> {
        heights.push_back(block.height.value);
        return {};
    }));
    REQUIRE(heights.size() == 27);
    for (std::size_t i = 0; i < heights.size(); ++i) REQUIRE(heights[i] == 10 + i);
}

TEST_CASE("read ahead: a failure comes behind the blocks in front of it", "[chain][source]") {
    const ReadAhead plan{
        .threads = 4,
        .part = [](Height) { return 3U; },
        .fetch = [&](unsigned, Height first, std::uint32_t count,
                     const std::stop_token&) -> Expected<std::vector<SourceBlock>> {
            if (first >= Height(12)) return fail(ErrorCode::io, std::to_string(first.value));
            return blocks_of(first, count);
        }};
    std::uint32_t delivered = 0;
    const auto done =
        plan.run(Height(0), Height(1000), {}, [&](const SourceBlock&) -> Expected<void> {
            ++delivered;
            return {};
        });
    REQUIRE(done.error() == Error{ErrorCode::io, "12"});
    REQUIRE(delivered == 12);
}

TEST_CASE("read ahead: what waits is bounded by its bytes", "[chain][source]") {
    std::atomic<std::uint32_t> fetched = 0;
    const ReadAhead plan{
        .threads = 2,
        .bytes_max = 1000,
        .part = [](Height) { return 2U; },
        .fetch = [&](unsigned, Height first, std::uint32_t count,
                     const std::stop_token&) -> Expected<std::vector<SourceBlock>> {
            fetched += count;
            return blocks_of(first, count, 300);
        }};
    std::uint32_t delivered = 0;
    const auto deliver = [&](const SourceBlock&) -> Expected<void> {
        // At most 1000 bytes wait, then each thread may have one part more; one is being delivered.
        REQUIRE(fetched <= delivered + 2 + 4 + 4 + 2);
        ++delivered;
        return {};
    };
    REQUIRE(plan.run(Height(0), Height(99), {}, deliver));
    REQUIRE(delivered == 100);
}

TEST_CASE("read ahead: the last height and an empty range are fine", "[chain][source]") {
    const ReadAhead plan{
        .threads = 2,
        .part = [](Height) { return 0U; },  // as good as one
        .fetch = [&](unsigned, Height first, std::uint32_t count, const std::stop_token&)
            -> Expected<std::vector<SourceBlock>> { return blocks_of(first, count); }};
    std::uint32_t delivered = 0;
    const auto count = [&](const SourceBlock&) -> Expected<void> {
        ++delivered;
        return {};
    };
    REQUIRE(plan.run(Height(5), Height(4), {}, count));
    REQUIRE(delivered == 0);
    REQUIRE(plan.run(Height(0xFFFFFFFE), Height(0xFFFFFFFF), {}, count));
    REQUIRE(delivered == 2);
}

}  // namespace wagetrail
