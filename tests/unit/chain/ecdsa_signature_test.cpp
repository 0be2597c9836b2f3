#include "chain/bitcoin/block.h"
#include "chain/bitcoin/signature.h"
#include "chain/ledger.h"
#include "chain/script.h"

#include "tests/unit/shared_data.h"

#include <catch2/catch.hpp>

#include <string_view>

namespace wagetrail {
namespace {

// Of transaction 23b397ed..., whose second number lacks the zero that would make it positive.
constexpr std::string_view kNegative =
    "304402203f16c6f40162ab686621ef3000b04e75418a0c0cb2d8aebeac894ae360ac1e780220ddc15ecdfc3507ac48"
    "e1681a33eb60996631bf6bf5bc0a0682c4db743ce7ca2b01";
constexpr std::string_view kNumbers =
    "02203f16c6f40162ab686621ef3000b04e75418a0c0cb2d8aebeac894ae360ac1e7802205dc15ecdfc3507ac48e168"
    "1a33eb60996631bf6bf5bc0a0682c4db743ce7ca2b";

std::optional<std::uint8_t> type_of(const std::string& hex) {
    const auto bytes = from_hex(hex);
    REQUIRE(bytes.has_value());
    return ecdsa_hash_type(*bytes);
}

std::string numbers() {
    return std::string(kNumbers);
}

struct Counts {
    std::size_t spends = 0;
    std::size_t read = 0;
};

/// Inputs whose scriptSig is one push and a key behind it: what spends P2PKH and nothing else.
void count_p2pkh_spends(const Block& block, Counts& counts) {
    for (const Transaction& tx : block.transactions)
        for (const TxIn& in : tx.inputs) {
            ScriptReader ops(in.script_sig);
            const auto signature = ops.next();
            const auto key = ops.next();
            if (!signature || !key || !ops.done() || !is_key_shaped(key->data)) continue;
            ++counts.spends;
            if (ecdsa_hash_type(signature->data)) ++counts.read;
        }
}

}  // namespace

TEST_CASE("signature: strict DER has its hash type", "[chain][signature]") {
    CHECK(type_of("3044" + numbers() + "01") == 0x01);
    CHECK(type_of("3044" + numbers() + "83") == 0x83);
    CHECK(type_of("3044" + numbers() + "00") == 0x00);
    CHECK(type_of("3006020101020101"
                  "01") == 0x01);
}

TEST_CASE("signature: what OpenSSL took before BIP66 is a signature", "[chain][signature]") {
    CHECK(type_of(std::string(kNegative)) == 0x01);
    SECTION("a byte between the numbers and the hash type") {
        CHECK(type_of("3044" + numbers() + "ab01") == 0x01);
    }
    SECTION("zeros in front of a number, beyond DER's 33 bytes") {
        CHECK(type_of("3048"
                      "0223000000" +
                      numbers().substr(4, 64) + numbers().substr(68) + "02") == 0x02);
    }
    SECTION("lengths in long form") {
        CHECK(type_of("308144" + numbers() + "01") == 0x01);
        CHECK(type_of("3044"
                      "028120" +
                      numbers().substr(4) + "01") == 0x01);
        CHECK(type_of("3044"
                      "02830000"
                      "20" +
                      numbers().substr(4) + "01") == 0x01);
    }
    SECTION("a wrong length of the whole") {
        CHECK(type_of("3000" + numbers() + "01") == 0x01);
    }
}

TEST_CASE("signature: other items are none", "[chain][signature]") {
    CHECK_FALSE(type_of("").has_value());
    CHECK_FALSE(type_of("30").has_value());
    CHECK_FALSE(type_of("3044" + numbers()).has_value());  // no hash type
    CHECK_FALSE(type_of("3006020100020101"
                        "01")
                    .has_value());  // a number is zero
    CHECK_FALSE(type_of("3045"
                        "0221ff" +
                        numbers().substr(4) + "01")
                    .has_value());  // 33 bytes
    CHECK_FALSE(type_of("3044"
                        "0288ffffffffffffffff" +
                        numbers().substr(4) + "01")
                    .has_value());
    CHECK_FALSE(type_of("31"
                        "44" +
                        numbers() + "01")
                    .has_value());
    CHECK_FALSE(type_of("02" + std::string(64, '3')).has_value());  // a key
}

TEST_CASE("signature: every P2PKH spend of real blocks has one", "[chain][signature]") {
    const auto folder = shared_data("btc-mainnet-eras");
    if (!folder) return;
    Counts counts;
    for (const auto& path : files_in(*folder, ".blk.xz")) {
        const auto block = decode_block(params(LedgerId::btc), file_bytes(path));
        REQUIRE(block.has_value());
        count_p2pkh_spends(*block, counts);
    }
    CAPTURE(counts.spends, counts.read);
    CHECK(counts.spends > 10'000);
    CHECK(counts.read == counts.spends);
}

}  // namespace wagetrail
