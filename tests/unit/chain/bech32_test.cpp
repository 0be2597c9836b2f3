#include "chain/bech32.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

std::string error_of(std::string_view text) {
    const auto decoded = decode_witness_program(text);
    return decoded ? "" : decoded.error().what;
}

}  // namespace

TEST_CASE("bech32: the valid texts of BIP173 decode and encode back", "[chain][bech32]") {
    for (std::string text :
         {"A12UEL5L", "a12uel5l",
          "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5t"
          "gs",
          "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
          "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc824"
          "7j",
          "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "?1ezyfcl"}) {
        CAPTURE(text);
        const auto decoded = decode_bech32(text);
        REQUIRE(decoded.has_value());
        REQUIRE(decoded->variant == Bech32Variant::bech32);
        for (char& c : text) c = static_cast<char>(std::tolower(c));
        REQUIRE(encode_bech32(*decoded) == text);
    }
}

TEST_CASE("bech32m: the valid texts of BIP350 decode and encode back", "[chain][bech32]") {
    for (std::string text :
         {"A1LQFN3A", "a1lqfn3a",
          "an83characterlonghumanreadablepartthatcontainsthetheexcludedcharactersbioandnumber11sg7h"
          "g6",
          "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
          "11llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllluds"
          "r8",
          "split1checkupstagehandshakeupstreamerranterredcaperredlc445v", "?1v759aa"}) {
        CAPTURE(text);
        const auto decoded = decode_bech32(text);
        REQUIRE(decoded.has_value());
        REQUIRE(decoded->variant == Bech32Variant::bech32m);
        for (char& c : text) c = static_cast<char>(std::tolower(c));
        REQUIRE(encode_bech32(*decoded) == text);
    }
}

TEST_CASE("bech32: the invalid texts of BIP173 and BIP350 are refused", "[chain][bech32]") {
    for (const char* text : {"\x20"
                             "1nwldj5",
                             "\x7F"
                             "1axkwrx",
                             "\x80"
                             "1eym55h",
                             "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexclud"
                             "edcharactersbio1569pvx",
                             "pzry9x0s0muk",
                             "1pzry9x0s0muk",
                             "x1b4n0q5v",
                             "li1dgmt3",
                             "de1lg7wt\xFF",
                             "A1G7SGD8",
                             "10a06t8",
                             "1qzzfhee",
                             "\x20"
                             "1xj0phk",
                             "\x7F"
                             "1g6xzxy",
                             "\x80"
                             "1vctc34",
                             "an84characterslonghumanreadablepartthatcontainsthetheexcludedcharacte"
                             "rsbioandnumber11d6pts4",
                             "qyrz8wqd2c9m",
                             "1qyrz8wqd2c9m",
                             "y1b0jsk6g",
                             "lt1igcx5c0",
                             "in1muywd",
                             "mm1crxm3i",
                             "au1s5cgom",
                             "M1VUXWEZ",
                             "16plkw9",
                             "1p2gdwpf",
                             ""}) {
        CAPTURE(text);
        REQUIRE_FALSE(decode_bech32(text).has_value());
    }
}

TEST_CASE("bech32: the error says what is wrong with an address", "[chain][bech32]") {
    // BIP350's invalid addresses, with its reason in our words.
    const std::pair<const char*, const char*> cases[] = {
        {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "wrong variant"},
        {"tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf", "wrong variant"},
        {"BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", "wrong variant"},
        {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "wrong variant"},
        {"tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47", "wrong variant"},
        {"bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", "character 60"},
        {"BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R", "witness version 17"},
        {"bc1pw5dgrnzv", "wrong length"},
        {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
         "wrong length"},
        {"BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "wrong length"},
        {"tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq", "mixed case"},
        {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", "whole byte"},
        {"tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j", "whole byte"},
        {"bc1gmk9yu", "no witness program"},
        // BIP173's own.
        {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "wrong checksum"},
        {"BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2", "witness version 17"},
        {"bc1rw5uspcuh", "wrong length"},
        {"bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90",
         "wrong length"},
        {"tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7", "mixed case"},
        {"bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du", "whole byte"},
        {"tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv", "whole byte"},
    };
    for (const auto& [text, reason] : cases) {
        CAPTURE(text, error_of(text));
        REQUIRE(error_of(text).find(reason) != std::string::npos);
    }
}

TEST_CASE("bech32: one mistyped character is found, two are only noticed", "[chain][bech32]") {
    for (const std::string text :
         {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
          "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"}) {
        REQUIRE(decode_witness_program(text).has_value());
        for (std::size_t i = 3; i < text.size(); ++i) {
            std::string changed = text;
            changed[i] = changed[i] == 'x' ? 'y' : 'x';
            CAPTURE(changed, error_of(changed));
            REQUIRE(error_of(changed) ==
                    "wrong checksum: character " + std::to_string(i + 1) + " is mistyped");
            changed[i == 5 ? 6 : 5] = changed[i == 5 ? 6 : 5] == 'z' ? '2' : 'z';
            REQUIRE(error_of(changed) == "wrong checksum: the text is mistyped or cut");
        }
        REQUIRE(error_of(text.substr(0, text.size() - 1)).find("wrong checksum") == 0);
    }
}

TEST_CASE("bech32: programs of every version and length come back", "[chain][bech32]") {
    for (unsigned version = 0; version <= 16; ++version) {
        for (std::size_t size = 2; size <= 40; ++size) {
            if (version == 0 && size != 20 && size != 32) continue;
            WitnessProgram made{.version = static_cast<std::uint8_t>(version), .program = {}};
            for (std::size_t i = 0; i < size; ++i)
                made.program.push_back(static_cast<std::uint8_t>(i * 37 + version));
            const std::string text = encode_witness_program("bcrt", made.version, made.program);
            CAPTURE(text);
            const auto read = decode_witness_program(text);
            REQUIRE(read.has_value());
            REQUIRE(*read == made);
        }
    }
}

}  // namespace wagetrail
