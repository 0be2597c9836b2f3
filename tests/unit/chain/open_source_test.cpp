#include "chain/source/block_source.h"

#include "tests/unit/chain/test_blocks.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

Error refusal(const std::string& specification) {
    const auto source = open_source(regtest(), specification, {});
    REQUIRE_FALSE(source.has_value());
    return source.error();
}

}  // namespace

TEST_CASE("source: a specification of an unknown kind lists the known ones", "[chain][source]") {
    for (const char* specification : {"ftp://x", "", "blocks", ":", "file:/x", "FILES:/x"}) {
        CAPTURE(specification);
        REQUIRE(refusal(specification).code == ErrorCode::invalid);
        REQUIRE_THAT(refusal(specification).what,
                     Catch::Contains("files:<folder") && Catch::Contains("rpc:http://"));
    }
    for (const char* specification : {"rest:http://x:1", "p2p:x:1", "evm:http://x:1"}) {
        CAPTURE(specification);
        REQUIRE_THAT(refusal(specification).what, Catch::Contains("not available yet"));
    }
    REQUIRE_THAT(refusal("files:").what, Catch::Contains("needs a folder"));
}

TEST_CASE("source: no message repeats a password", "[chain][source]") {
    for (const char* specification :
         {"http://alice:secret@127.0.0.1:1", "alice:secret@127.0.0.1:1",
          "rpc:alice:secret@127.0.0.1:1", "rpc:http://alice:sec/secret@127.0.0.1:1",
          "rpc:http://alice:secret@127.0.0.1", "rpc:http://alice:%secret@127.0.0.1:1",
          "rpc:https://alice:secret@127.0.0.1:1", "alice secret:x@127.0.0.1:1"}) {
        CAPTURE(specification);
        REQUIRE_THAT(refusal(specification).what, !Catch::Contains("secret"));
    }
    const auto source = open_source(regtest(), "rpc:http://alice:secret@127.0.0.1:18443", {});
    REQUIRE(source.has_value());
    REQUIRE((*source)->name() == "rpc:http://127.0.0.1:18443");
}

TEST_CASE("source: files are opened by folder", "[chain][source]") {
    const TempFolder folder;
    folder.write("blk00000.dat", record_of(regtest_genesis()));
    const auto source = open_source(regtest(), "files:" + folder.path(), {});
    REQUIRE(source.has_value());
    REQUIRE((*source)->tip()->hash == genesis_hash(regtest()));
}

}  // namespace wagetrail
