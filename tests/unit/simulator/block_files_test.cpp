#include "tests/simulator/block_files.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <iterator>

namespace wagetrail::simulator {

TEST_CASE("block files: a block that would pass the size begins the next file",
          "[simulator][block_files]") {
    const auto folder = std::filesystem::temp_directory_path() / "wagetrail-block-files-test";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const Bytes block(BlockFiles::kFileSizeMax / 2, 7);  // two do not fit, with their heads
    BlockFiles files(LedgerId::ltc_regtest, folder);
    files.append(block);
    files.append(block);
    files.append(Bytes{1, 2, 3});
    REQUIRE(files.close().has_value());
    REQUIRE(files.count() == 2);
    REQUIRE(std::filesystem::file_size(folder / "blk00000.dat") == block.size() + 8);

    std::ifstream second(folder / "blk00001.dat", std::ios::binary);
    const std::string stored(std::istreambuf_iterator<char>(second), {});
    REQUIRE(stored.size() == block.size() + 8 + 11);
    REQUIRE(to_hex(as_bytes(stored).last(11)) == "fabfb5da03000000010203");
    std::filesystem::remove_all(folder);
}

TEST_CASE("block files: a folder that cannot be written is an error", "[simulator][block_files]") {
    BlockFiles files(LedgerId::ltc_regtest, "/nonexistent-folder-of-wagetrail");
    files.append(Bytes{1});
    const auto closed = files.close();
    REQUIRE_FALSE(closed.has_value());
    REQUIRE(closed.error().code == ErrorCode::io);
}

}  // namespace wagetrail::simulator
