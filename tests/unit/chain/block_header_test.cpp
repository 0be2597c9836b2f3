#include "chain/bitcoin/block_header.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

const char* const kGenesis =
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac7"
    "2c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";

std::string work_hex(std::uint32_t bits) {
    BlockHeader header;
    header.bits = bits;
    const Work work = work_of(header);
    Bytes bytes;
    for (unsigned i = 16; i-- > 0;) bytes.push_back(static_cast<std::uint8_t>(work >> (8 * i)));
    const std::string hex = to_hex(bytes);
    const auto first = hex.find_first_not_of('0');
    return first == std::string::npos ? "0" : hex.substr(first);
}

}  // namespace

TEST_CASE("block header: the genesis block's has its hash", "[chain][block]") {
    const auto bytes = from_hex(kGenesis);
    const auto header = decode_header(*bytes);
    REQUIRE(header.has_value());
    REQUIRE(text(hash_of(*header)) ==
            "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f");
    REQUIRE(header->time == 1231006505);
    REQUIRE(header->bits == 0x1D00FFFF);
    REQUIRE(header->nonce == 2083236893);
    REQUIRE(text(header->merkle_root) ==
            "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b");
    REQUIRE(to_hex(encode(*header)) == kGenesis);
}

TEST_CASE("block header: any size but 80 is refused", "[chain][block]") {
    for (const std::size_t size : {0U, 1U, 79U, 81U}) {
        const Bytes bytes(size);
        const auto header = decode_header(bytes);
        REQUIRE_FALSE(header.has_value());
        REQUIRE(header.error().code == ErrorCode::corrupt);
    }
}

TEST_CASE("block header: work is 2^256 over the target plus one", "[chain][block]") {
    // Computed with exact integers of another language.
    REQUIRE(work_hex(0x1D00FFFF) == "100010001");
    REQUIRE(work_hex(0x207FFFFF) == "2");
    REQUIRE(work_hex(0x1E0FFFF0) == "100010");
    REQUIRE(work_hex(0x170331DB) == "5021ab2578ee9fc3005e");
    REQUIRE(work_hex(0x12010000) == std::string(30, 'f'));
    REQUIRE(work_hex(0x1B0404CB) == "3fb3ab764c00");
}

TEST_CASE("block header: work of extreme targets", "[chain][block]") {
    const std::string most(32, 'f');
    REQUIRE(work_hex(0x2200FF00) == "0");  // beyond 256 bits
    REQUIRE(work_hex(0x2100FFFF) == "1");
    REQUIRE(work_hex(0x220000FF) == "1");
    REQUIRE(work_hex(0x13000002) == '7' + most.substr(1));
    REQUIRE(work_hex(0x13000001) == most);
    REQUIRE(work_hex(0x03000001) == most);
    REQUIRE(work_hex(0x02000100) == most);
    REQUIRE(work_hex(0x01000100) == "0");  // shifted to nothing
    REQUIRE(work_hex(0x1D000000) == "0");
    REQUIRE(work_hex(0x1D80FFFF) == "0");  // negative
    REQUIRE(work_hex(0xFF7FFFFF) == "0");
    REQUIRE(work_hex(0) == "0");
}

}  // namespace wagetrail
