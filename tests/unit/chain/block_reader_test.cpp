#include "chain/source/block_reader.h"

#include "tests/unit/chain/test_blocks.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

constexpr std::uint64_t kRecordHead = 8;  // magic and size

BlockReader opened(const TempFolder& folder) {
    auto reader = BlockReader::open(regtest(), "files:" + folder.path(), {});
    if (!reader) FAIL(reader.error().what);
    return *std::move(reader);
}

std::vector<Bytes> three_blocks() {
    std::vector<Bytes> blocks = chain_on(regtest_genesis(), 2, 0);
    blocks.insert(blocks.begin(), regtest_genesis());
    return blocks;
}

}  // namespace

TEST_CASE("block_reader: from where the block was, or from where it is now", "[chain][source]") {
    const TempFolder folder;
    const std::vector<Bytes> blocks = three_blocks();
    folder.write("blk00000.dat", records_of(blocks));
    BlockReader reader = opened(folder);
    const BlockHash hash = hash_of_raw(blocks[1]);
    const std::uint64_t offset = kRecordHead + blocks[0].size() + kRecordHead;
    for (const auto& at : std::vector<std::optional<SourcePosition>>{
             SourcePosition{.file = 0, .offset = offset}, std::nullopt,
             SourcePosition{.file = 0, .offset = offset + 1},
             SourcePosition{.file = 0, .offset = 2}, SourcePosition{.file = 9, .offset = offset},
             SourcePosition{.file = 0, .offset = std::uint64_t{1} << 60U}}) {
        const auto block = reader.block(Height(1), hash, at);
        if (!block) FAIL(block.error().what);
        CHECK(block->raw == blocks[1]);
    }
}

TEST_CASE("block_reader: a block that is not there is not found", "[chain][source]") {
    const TempFolder folder;
    const std::vector<Bytes> blocks = three_blocks();
    folder.write("blk00000.dat", records_of(blocks));
    BlockReader reader = opened(folder);
    for (const std::uint32_t height : {2U, 7U}) {
        const auto block = reader.block(Height(height), hash_of_raw(blocks[1]), std::nullopt);
        REQUIRE_FALSE(block.has_value());
        CHECK(block.error().code == ErrorCode::not_found);
        CHECK_THAT(block.error().what, Catch::Contains("sync again"));
    }
    CHECK_FALSE(BlockReader::open(regtest(), "files:/nowhere", {}).has_value());
    CHECK_FALSE(BlockReader::open(regtest(), "magic:", {}).has_value());
}

}  // namespace wagetrail
