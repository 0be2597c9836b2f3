#include "index/lists/foreign_checksum.h"

#include "index/lists/lookalike.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {

TEST_CASE("foreign checksum: the examples of EIP-55 come out", "[lists][checksum]") {
    for (const std::string_view text : {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                                        "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                                        "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                                        "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"}) {
        std::string lower(text);
        for (char& c : lower) c = static_cast<char>(std::tolower(c));
        CHECK(eip55(lower) == text);
        CHECK(check_capitals(text) == CapitalsCheck::right);
        CHECK(check_capitals(lower) == CapitalsCheck::none);
        std::string wrong(text);
        wrong[3] = static_cast<char>(std::isupper(wrong[3]) != 0 ? std::tolower(wrong[3])
                                                                 : std::toupper(wrong[3]));
        if (wrong != text) CHECK(check_capitals(wrong) == CapitalsCheck::wrong);
    }
    CHECK(check_capitals("0x0000000000000000000000000000000000000000") == CapitalsCheck::none);
}

TEST_CASE("foreign checksum: CashAddr of its specification", "[lists][checksum]") {
    CHECK(cash_checksum_holds("qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"));
    CHECK_FALSE(cash_checksum_holds("qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q"));
    CHECK_FALSE(cash_checksum_holds("b"));
    CHECK_FALSE(cash_checksum_holds(""));
}

TEST_CASE("lookalike: what looks the same becomes the same", "[lists][lookalike]") {
    CHECK(unmasked("ТRХ") == "TRX");
    CHECK(unmasked("\u200Ba\uFEFFb") == "ab");
    CHECK(unmasked("ＡＢ１") == "AB1");
    CHECK(unmasked("汉字") == "汉字");
    CHECK(name_skeleton("  Ромаn   SÉMENOV,  Jr. ") == "poмan semenov jr");
    CHECK(name_skeleton("O'Neil-Sons") == "oneil sons");
    CHECK(name_skeleton("...") == "");
    CHECK(address_skeleton("0xO1lI") == address_skeleton("Ox0ll1"));
    CHECK(address_skeleton("12 34") == address_skeleton("1234"));
}

}  // namespace wagetrail::lists
