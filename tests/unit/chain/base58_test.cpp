#include "chain/base58.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

struct Pair {
    const char* hex;
    const char* text;
};

// Bitcoin Core, src/test/data/base58_encode_decode.json.
constexpr Pair kPairs[] = {
    {"", ""},
    {"61", "2g"},
    {"626262", "a3gV"},
    {"636363", "aPEr"},
    {"73696d706c792061206c6f6e6720737472696e67", "2cFupjhnEsSn59qHXstmK2ffpLv2"},
    {"00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"},
    {"516b6fcd0f", "ABnLTmg"},
    {"bf4f89001e670274dd", "3SEo3LWLoPntC"},
    {"572e4794", "3EFU7m"},
    {"ecac89cad93923c02321", "EJDM8drfXA6uyA"},
    {"10c8511e", "Rt5zm"},
    {"00000000000000000000", "1111111111"},
    {"00000000000000000000000000000000000000000000000000000000000000000000000000000001",
     "1111111111111111111111111111111111111112"},
    {"000111d38e5fc9071ffcd20b4a763cc9ae4f252bb4e48fd66a835e252ada93ff480d6dd43dc62a641155a5",
     "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"},
    {"271f359e", "zzzzy"},
    {"271f359f", "zzzzz"},
    {"271f35a0", "211111"},
    {"271f35a1", "211112"},
};

}  // namespace

TEST_CASE("base58: the vectors of Bitcoin Core hold both ways", "[chain][base58]") {
    for (const Pair& pair : kPairs) {
        CAPTURE(pair.hex);
        const auto bytes = from_hex(pair.hex);
        REQUIRE(bytes.has_value());
        REQUIRE(encode_base58(*bytes) == pair.text);
        REQUIRE(decode_base58(pair.text) == bytes);
    }
}

TEST_CASE("base58: characters outside the alphabet are refused", "[chain][base58]") {
    for (const char* text : {"0", "O", "I", "l", "2g ", " 2g", "2\tg", "2g\xC3\xA4", "-"}) {
        CAPTURE(text);
        REQUIRE_FALSE(decode_base58(text).has_value());
    }
    REQUIRE(first_not_base58("1BvBMl") == 5);
    REQUIRE(first_not_base58("1BvBM") == std::string_view::npos);
}

TEST_CASE("base58: a text too long to be an address or key is refused at once", "[chain][base58]") {
    REQUIRE(decode_base58(std::string(kMaxBase58Text, 'z')).has_value());
    REQUIRE_FALSE(decode_base58(std::string(kMaxBase58Text + 1, '1')).has_value());
}

TEST_CASE("base58check: one wrong character breaks the checksum", "[chain][base58]") {
    const std::string text = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
    const auto decoded = decode_base58check(text);
    REQUIRE(decoded.has_value());
    REQUIRE(to_hex(*decoded) == "0062e907b15cbf27d5425399ebf6f0fb50ebb88f18");
    REQUIRE(encode_base58check(*decoded) == text);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == '2' ? '3' : '2';
        CAPTURE(changed);
        REQUIRE_FALSE(decode_base58check(changed).has_value());
    }
    REQUIRE_FALSE(decode_base58check("").has_value());
    REQUIRE_FALSE(decode_base58check("111").has_value());
}

}  // namespace wagetrail
