#include "index/lists/listed_address.h"

#include <catch2/catch.hpp>

namespace wagetrail::lists {
namespace {

std::string family(std::string_view text) {
    return recognise(text).family;
}
std::string key(std::string_view text) {
    return recognise(text).key;
}

Address of(LedgerId ledger, AddressKind kind, std::uint8_t fill) {
    return {.ledger = ledger, .kind = kind, .payload = Bytes(20, fill)};
}

}  // namespace

TEST_CASE("listed address: the string tells the ledger, not the ticker", "[lists][address]") {
    // Real entries of OFAC's list.
    REQUIRE(family("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h") == "btc");
    REQUIRE(family("LeKvNdNEzgQkzVVnRdV3fAu2DSF1nLsNw6") == "ltc");
    REQUIRE(family("M8yFL6SFC6TreATegTyuSYkDfDRbisdpT3") == "ltc");
    REQUIRE(family("0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c") == "evm");
    REQUIRE(family("TRLbfGPruBY6cMmRk5iee1X4CpX3TJQ1wz") == "tron");
    REQUIRE(family("t1g7wowvQ8gn2v8jrU1biyJ26sieNqNsBJy") == "zec");
    REQUIRE(family("XnPFsRWTaSgiVauosEwQ6dEitGYXgwznz2") == "dash");
    REQUIRE(family("GPwg61XoHqQPNmAucFACuQ5H9sGCDv9TpS") == "btg");
    REQUIRE(family("DFFJhnQNZf8rf67tYnesPu7MuGUpYtzv7Z") == "doge+xvg");
    REQUIRE(family("rnXyVQzgxZe7TR1EPzTkGj2jxH4LMJYh66") == "xrp");
    REQUIRE(family("qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq") == "bch");
    REQUIRE(family("bitcoincash:qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq") == "bch");
    REQUIRE(family("11111111111111111111111111111112") == "sol");
}

TEST_CASE("listed address: a string of two ledgers has both readings", "[lists][address]") {
    const ListedAddress three = recognise("3F6bbvS1krsc1qR8FsbTDfYQyvkMm3QvmR");
    REQUIRE(three.family == "btc+ltc");
    REQUIRE(three.readings.size() == 2);
    REQUIRE(three.readings[0].ledger == LedgerId::btc);
    REQUIRE(three.readings[1].ledger == LedgerId::ltc);
    REQUIRE(three.readings[0].kind == AddressKind::p2sh);
    REQUIRE(three.readings[0].payload == three.readings[1].payload);
    const std::string both = text(of(LedgerId::btc_regtest, AddressKind::p2pkh, 7));
    REQUIRE(family(both) == "btc-regtest+ltc-regtest");
    REQUIRE(family(text(of(LedgerId::ltc_regtest, AddressKind::p2wpkh, 7))) == "ltc-regtest");
}

TEST_CASE("listed address: spellings of one address have one key", "[lists][address]") {
    REQUIRE(key("0x4F47BC496083C727C5FBE3CE9CDF2B0F6496270C") ==
            key("0x4f47bc496083c727c5fbe3ce9cdf2b0f6496270c"));
    const std::string lower = text(of(LedgerId::btc, AddressKind::p2wpkh, 9));
    std::string upper = lower;
    for (char& c : upper) c = static_cast<char>(std::toupper(c));
    REQUIRE(key(upper) == key(lower));
    REQUIRE(key("bitcoincash:qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq") ==
            key("QPF2CPHC5DKUCLKQUR7LHJ2YUQQ9PK3HMUKLE77VHQ"));
}

TEST_CASE("listed address: what fits no form is kept as it stands", "[lists][address]") {
    for (const std::string_view text :
         {"", "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9i", "TRLbfGPruBY6cMmRk5iee1X4CpX3TJQ1wy", "0x12",
          "123456789", "T\xD0\xA0LbfGPruBY6cMmRk5iee1X4CpX3TJQ1wz"}) {
        CAPTURE(text);
        REQUIRE(family(text).empty());
        REQUIRE(key(text) == ":" + std::string(text));
    }
    // Case matters where the form says so.
    REQUIRE(family("lekvndnezgqkzvvnrdv3fau2dsf1nlsnw6").empty());
}

TEST_CASE("listed address: checksums of ledgers that we do not index are verified, too",
          "[lists][address]") {
    REQUIRE(family("qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhp").empty());
    const std::string monero = "5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320";
    REQUIRE(family(monero).empty());  // OFAC's list has it as an address: it is a payment id
    const std::string wallet =
        "4AdUndXHHZ6cfufTMvppY6JwXNouMBzSkbLYfpAV5Usx3skxNgYeYTRj5UzqtReoS44qo9mtmXCqY45DJ852K5Jv2"
        "684Rge";
    REQUIRE(family(wallet) == "xmr");
    std::string mistyped = wallet;
    mistyped[50] = mistyped[50] == 'a' ? 'b' : 'a';
    REQUIRE(family(mistyped).empty());
}

TEST_CASE("listed address: Cyrillic letters in a wallet are read as they were meant",
          "[lists][address]") {
    // "Т" and "с" of the second text are Cyrillic, and there is a zero-width space.
    const ListedAddress meant = recognise("TRLbfGPruBY6cMmRk5iee1X4CpX3TJQ1wz");
    const ListedAddress typed = recognise("ТRLbfGPruBY6сMmRk5iee1X4\u200BCpX3TJQ1wz");
    REQUIRE(typed.repaired);
    REQUIRE_FALSE(meant.repaired);
    REQUIRE(typed.key == meant.key);
    // A wrong checksum stays wrong.
    REQUIRE(recognise("ТRLbfGPruBY6сMmRk5iee1X4CpX3TJQ1wy").family.empty());
}

TEST_CASE("listed address: a ticker is a claim that may be impossible", "[lists][address]") {
    const ListedAddress bitcoin = recognise("12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h");
    const ListedAddress tron = recognise("TRLbfGPruBY6cMmRk5iee1X4CpX3TJQ1wz");
    const ListedAddress three = recognise("3F6bbvS1krsc1qR8FsbTDfYQyvkMm3QvmR");
    const ListedAddress regtest =
        recognise(text(of(LedgerId::ltc_regtest, AddressKind::p2wpkh, 7)));
    REQUIRE(plausible("XBT", bitcoin));
    REQUIRE(plausible("USDT", bitcoin));  // Omni
    REQUIRE(plausible("BCH", bitcoin));   // legacy form
    REQUIRE(plausible("USDT", tron));
    REQUIRE_FALSE(plausible("XBT", tron));
    REQUIRE_FALSE(plausible("eth", bitcoin));
    REQUIRE(plausible("LTC", three));
    REQUIRE(plausible("XBT", three));
    REQUIRE(plausible("LTC", regtest));
    REQUIRE(plausible("ltc-regtest", regtest));
    REQUIRE_FALSE(plausible("btc-regtest", regtest));
    REQUIRE(plausible("", tron));
    REQUIRE(plausible("NEVERSEEN", tron));
    REQUIRE(plausible("XBT", recognise("no address")));
}

}  // namespace wagetrail::lists
