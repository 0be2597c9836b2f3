#include "index/disk_space.h"

#include "tests/unit/chain/test_blocks.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <limits>

namespace wagetrail::index {

TEST_CASE("disk space: more than any disk has is refused with both figures",
          "[index][disk_space]") {
    const TempFolder folder;
    const std::uint64_t all = std::numeric_limits<std::uint64_t>::max();
    const std::string path = GENERATE(std::string(), std::string("/not/there/yet"));
    const auto refused = require_space(folder.path() + path, all);
    REQUIRE_FALSE(refused.has_value());
    REQUIRE(refused.error().code == ErrorCode::io);
    REQUIRE_THAT(refused.error().what,
                 Catch::Contains("no space left on the disk of " + folder.path() + path + " (") &&
                     Catch::Contains(std::to_string(all >> 20U) + " MiB needed") &&
                     Catch::Contains("free some and run the same command again"));
    REQUIRE_FALSE(std::filesystem::exists(folder.path() + "/not"));
}

TEST_CASE("disk space: what there is room for is not refused", "[index][disk_space]") {
    const TempFolder folder;
    REQUIRE(require_space(folder.path(), 1).has_value());
    REQUIRE(require_space(folder.path() + "/not/there/yet", 1).has_value());
    REQUIRE(require_space("relative", 1).has_value());
}

TEST_CASE("disk space: a folder is made with those above it", "[index][disk_space]") {
    const TempFolder folder;
    const std::string deep = folder.path() + "/a/b";
    for (int i = 0; i < 2; ++i) REQUIRE(make_folder(deep).has_value());
    REQUIRE(std::filesystem::is_directory(deep));
    folder.write("file", as_bytes("x"));
    const auto refused = make_folder(folder.path() + "/file/a");
    REQUIRE_FALSE(refused.has_value());
    REQUIRE(refused.error().code == ErrorCode::io);
    REQUIRE_THAT(refused.error().what, Catch::Contains("cannot create " + folder.path()) &&
                                           Catch::Contains("Not a directory"));
}

}  // namespace wagetrail::index
