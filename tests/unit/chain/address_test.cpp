#include "chain/address.h"

#include "chain/base58.h"
#include "chain/bech32.h"
#include "chain/script.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

struct Known {
    LedgerId ledger;
    const char* text;
    const char* script;
    AddressKind kind;
};

// Bitcoin Core's key_io_valid.json, BIP350, and the forms of Litecoin.
constexpr Known kKnown[] = {
    {LedgerId::btc, "1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo",
     "76a914a31c06bd463e3923bc1aadbde48b16976c08071788ac", AddressKind::p2pkh},
    {LedgerId::btc, "36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm",
     "a914373b819a068f32b7a6b38b6b38729647cfde01c287", AddressKind::p2sh},
    {LedgerId::btc_regtest, "n4fajahJrAuKbN7uNsKjLjQkz9Qn5ewJXQ",
     "76a914fdeca3b08e38af53d7c4c60e3ad208ce5066441088ac", AddressKind::p2pkh},
    {LedgerId::btc_regtest, "2MxFajLApXpYk4VodBSZSt7rw8y4ryABkfA",
     "a91436e9f191e0b75036a77f65e2eaa4752443233fbe87", AddressKind::p2sh},
    {LedgerId::btc, "bc1qvyq0cc6rahyvsazfdje0twl7ez82ndmuac2lhv",
     "00146100fc6343edc8c874496cb2f5bbfec88ea9b77c", AddressKind::p2wpkh},
    {LedgerId::btc, "bc1qyucykdlhp62tezs0hagqury402qwhk589q80tqs5myh3rxq34nwqhkdhv7",
     "002027304b37f70e94bc8a0fbf500e0c957a80ebda87280ef58214d92f119811acdc", AddressKind::p2wsh},
    {LedgerId::btc, "bc1p83n3au0rjylefxq2nc2xh2y4jzz4pm6zxj4mw5pagdjjr2a9f36s6jjnnu",
     "51203c671ef1e3913f94980a9e146ba895908550ef4234abb7503d436521aba54c75", AddressKind::p2tr},
    {LedgerId::btc, "bc1z2rksukkjr8", "520250ed", AddressKind::witness},
    {LedgerId::btc_regtest, "bcrt1qdavt4j2sd7dlhqsavtnfxvzppw6k7qy97tmnu9",
     "00146f58bac9506f9bfb821d62e69330410bb56f0085", AddressKind::p2wpkh},
    {LedgerId::btc_regtest, "bcrt1qan8gntac7z7me2ejt4hpru42ad2f759fmy0m3ejvs98656znv7eqga4uhv",
     "0020ecce89afb8f0bdbcab325d6e11f2aaeb549f50a9d91fb8e64c814faa685367b2", AddressKind::p2wsh},
    {LedgerId::btc_regtest, "bcrt1pfwxjqvtt4tcxrtdluukfmy2dv7xd2qzdfy6kajv5nwn4yam3wxkq3553uh",
     "51204b8d20316baaf061adbfe72c9d914d678cd5004d49356ec9949ba752777171ac", AddressKind::p2tr},
    {LedgerId::btc_regtest,
     "bcrt1sx6p8njlx7h9mc2agz4yg82dzne23050ncq72cneeecez2pst8mahn8xecsf8g6hzx94420",
     "6028368279cbe6f5cbbc2ba8154883a9a29e5517d1f3c03cac4f39ce3225060b3efb799cd9c412746ae2",
     AddressKind::witness},
    {LedgerId::btc, "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
     "5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6",
     AddressKind::witness},
    {LedgerId::btc, "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "5210751e76e8199196d454941c45d1b3a323",
     AddressKind::witness},
    {LedgerId::btc, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
     "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", AddressKind::p2tr},
    {LedgerId::btc, "bc1pfeessrawgf", "51024e73", AddressKind::witness},  // pay to anchor
    {LedgerId::ltc, "LUWPbpM43E2p7ZSh8cyTBEkvpHmr3cB8Ez",
     "76a91465d4f0444069f3881221e24bb6a99b1d53e008cf88ac", AddressKind::p2pkh},
};

std::string error_of(LedgerId ledger, std::string_view text) {
    const auto address = parse_address(ledger, text);
    return address ? "" : address.error().what;
}

bool tells(LedgerId ledger, std::string_view text, std::string_view reason) {
    INFO(error_of(ledger, text));
    const bool found = error_of(ledger, text).find(reason) != std::string::npos;
    CHECK_NOFAIL(found);
    return found;
}

}  // namespace

TEST_CASE("address: known addresses are read, printed and turned to scripts", "[chain][address]") {
    for (const Known& known : kKnown) {
        CAPTURE(known.text);
        const auto address = parse_address(known.ledger, known.text);
        REQUIRE(address.has_value());
        CHECK(address->kind == known.kind);
        CHECK(to_hex(script_of(*address)) == known.script);
        CHECK(text(*address) == known.text);
        CHECK(address_of_script(known.ledger, *from_hex(known.script)) == *address);
    }
}

TEST_CASE("address: bech32 may be written in upper case", "[chain][address]") {
    const auto address = parse_address(LedgerId::btc, "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4");
    REQUIRE(address.has_value());
    REQUIRE(text(*address) == "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
}

TEST_CASE("address: Litecoin's old P2SH form is read and printed new", "[chain][address]") {
    const auto bitcoin = parse_address(LedgerId::btc, "36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm");
    const auto litecoin = parse_address(LedgerId::ltc, "36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm");
    REQUIRE((bitcoin && litecoin));
    REQUIRE(litecoin->payload == bitcoin->payload);
    REQUIRE(text(*litecoin).front() == 'M');
    REQUIRE(parse_address(LedgerId::ltc, text(*litecoin)).value() == *litecoin);

    const auto old = parse_address(LedgerId::ltc_regtest, "2MxFajLApXpYk4VodBSZSt7rw8y4ryABkfA");
    REQUIRE(old.has_value());
    REQUIRE(text(*old).front() == 'Q');
    REQUIRE(parse_address(LedgerId::ltc_regtest, text(*old)).value() == *old);
}

TEST_CASE("address: a base58 address may begin as bech32 does", "[chain][address]") {
    for (const char* known :
         {"LTC1aaaaaaaaaaaaaaaaaaaaaaaadicqjc", "LQ1aaaaaaaaaaaaaaaaaaaaaaaaaZLrFvS"}) {
        const auto address = parse_address(LedgerId::ltc, known);
        REQUIRE(address.has_value());
        REQUIRE(address->kind == AddressKind::p2pkh);
        REQUIRE(text(*address) == known);
    }
}

TEST_CASE("address: scripts without an address string have a text too", "[chain][address]") {
    for (const char* hex :
         {"2102f61a8d0b4f8643fdd9584a4033687ce2d862477477f550e0d1154893fce10824ac", "", "51", "6a",
          "6a0401020304", "6a4c", "0015000102030405060708090a0b0c0d0e0f1011121314",
          "76a91465d4f0444069f3881221e24bb6a99b1d53e008cf88ac61",
          "512102f61a8d0b4f8643fdd9584a4033687ce2d862477477f550e0d1154893fce1082451ae"}) {
        CAPTURE(hex);
        const Address address = address_of_script(LedgerId::btc, *from_hex(hex));
        REQUIRE(to_hex(script_of(address)) == hex);
        REQUIRE(text(address).ends_with(')'));
        REQUIRE(parse_address(LedgerId::btc, text(address)).value() == address);
    }
    // raw() is read as what its script is.
    const auto raw =
        parse_address(LedgerId::btc, "raw(00146100fc6343edc8c874496cb2f5bbfec88ea9b77c)");
    REQUIRE(raw.has_value());
    REQUIRE(raw->kind == AddressKind::p2wpkh);
}

TEST_CASE("address: the error tells wrong checksum, network, case and length apart",
          "[chain][address]") {
    using enum LedgerId;
    CHECK(tells(btc, "1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mp", "wrong checksum"));
    CHECK(tells(btc, "bc1qvyq0cc6rahyvsazfdje0twl7ez82ndmuac2lhw", "character 42 is mistyped"));
    CHECK(tells(btc, "bc1qvyq0cc6rahyvsazfdje0twl7ez82ndmuaC2lhv", "mixed case"));
    CHECK(tells(btc, "1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2m", "wrong checksum"));
    CHECK(tells(btc, "1FsSia9rv4NeEw", "wrong length: 14 characters"));
    CHECK(tells(btc, encode_base58check(Bytes(20, 0)), "wrong length"));
    CHECK(tells(btc, "", "no text"));
    CHECK(tells(btc, "1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN20o", "character 33 cannot"));
    CHECK(tells(btc, " 1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo", "character 1 cannot"));
    CHECK(tells(btc, "employer", "character 4 cannot"));
    // A "1" in the data part is a typo of it, not the end of a longer prefix.
    CHECK(tells(ltc_regtest, "rltc1qmg77p77mxkem80xcld2kqvmms00x8l8keaf0r1",
                "character 44 is mistyped"));
    CHECK(tells(ltc_regtest, "RLTC1QMG77P77MXKEM80XCLD2KQVMMS00X8L8KEAF0R1",
                "character 44 is mistyped"));
    CHECK(tells(btc, "bc1q1yq0cc6rahyvsazfdje0twl7ez82ndmuac2lhv", "character 5 is mistyped"));
    CHECK(tells(btc, "pk(00)", "pk() takes one public key"));
    CHECK(tells(btc, "raw(0)", "raw() takes an output script"));
    CHECK(tells(btc, "wpkh(x)", "an output descriptor"));
}

TEST_CASE("address: an address of another network is named", "[chain][address]") {
    using enum LedgerId;
    CHECK(tells(btc, "LUWPbpM43E2p7ZSh8cyTBEkvpHmr3cB8Ez", "an address of ltc, not of btc"));
    CHECK(tells(ltc, "1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo", "an address of btc, not of ltc"));
    CHECK(
        tells(ltc, "bc1qvyq0cc6rahyvsazfdje0twl7ez82ndmuac2lhv", "an address of btc, not of ltc"));
    CHECK(tells(btc, "tb1qcrh3yqn4nlleplcez2yndq2ry8h9ncg3qh7n54", "btc testnet or signet"));
    CHECK(tells(btc, "bcrt1qdavt4j2sd7dlhqsavtnfxvzppw6k7qy97tmnu9", "of btc-regtest, not of btc"));
    CHECK(tells(btc, "mzK2FFDEhxqHcmrJw1ysqFkVyhUULo45hZ", "btc-regtest or ltc-regtest"));
    CHECK(tells(btc, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "tron"));
    CHECK(tells(btc, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u", "tron"));
    CHECK(tells(btc, "0xdAC17F958D2ee523a2206206994597C13D831ec7", "EVM address"));
    CHECK(tells(btc, "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "bch"));
    CHECK(tells(btc, "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "bch"));
    CHECK(tells(btc, "D7Y55Lb8e3rTbPkBFiKCyxZLZYjWDdS8Th", "wrong checksum"));
    CHECK(tells(btc, encode_base58check(Bytes(21, 30)), "doge"));
    CHECK(tells(btc, "t1VpYecBW4UudbGcy4ufh61eWxQCoFaUrPs", "zec"));
    CHECK(tells(btc, "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", "xrp"));
    CHECK(tells(btc, "a1075db55d416d3ca199f55b6084e2115b9345e16c5cf302fc80e9d5fbf5d48d",
                "a transaction"));
    CHECK(tells(btc, "bitcoin:1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo?amount=1", "payment link"));
    CHECK(tells(btc, "03a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd",
                "write it as pk(KEY)"));
    CHECK(tells(btc, "lnbc20m1pvjluezpp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqf", "lightning"));
}

TEST_CASE("address: MWEB addresses are known not to be on the chain we read", "[chain][address]") {
    for (const char* prefix : {"ltcmweb", "tmweb"}) {
        const std::string text = encode_bech32(
            {.variant = Bech32Variant::bech32, .prefix = prefix, .values = Bytes(40, 1)});
        CHECK(tells(LedgerId::ltc, text, "never appears on the transparent chain"));
        CHECK(tells(LedgerId::btc, text, "never appears on the transparent chain"));
    }
}

TEST_CASE("address: a private key is refused and not repeated", "[chain][address]") {
    for (const std::string key :
         {"5JuW2AMDYu4xVwRG9DZW18VbzQrGcd5RCgb99sS6ehJsNQXu5b9",
          "L5nJeqKmpHp4P7F8ZYyjwc5a7P4d8EabuGAzfGJk7yC1BJyzNaEd",
          "cV83kKisF3RQSvXbUCm9ox3kaz5JjEUBWcx8tNydfGJcyeUxuH47",
          "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKm"
          "PGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi"}) {
        CHECK(tells(LedgerId::btc, key, "private key"));
        CHECK(error_of(LedgerId::btc, key).find(key.substr(4, 8)) == std::string::npos);
    }
}

TEST_CASE("address: key_io_invalid of Bitcoin Core is invalid on every ledger",
          "[chain][address]") {
    for (const char* text :
         {"x",
          "37qgekLpCCHrQuSjvX3fs496FWTGsHFHizjJAs6NPcR47aefnnCWECAhHV6E3g4YN7u7Yuwod5Y",
          "dzb7VV1Ui55BARxv7ATxAtCUeJsANKovDGWFVgpTbhq9gvPqP3yv",
          "MuNu7ZAEDFiHthiunm7dPjwKqrVNCM3mAz6rP9zFveQu14YA8CxExSJTHcVP9DErn6u84E6Ej7S",
          "7aQgR5DFQ25vyXmqZAWmnVCjL3PkBcdVkBUpjrjMTcghHx3E8wb",
          "1DGezo7BfVebZxAbNT3XGujdeHyNNBF3vnficYoTSp4PfK2QaML9bHzAMxke3wdKdHYWmsMTJVu",
          "2MnmgiRH4eGLyLc9eAqStzk7dFgBjFtUCtu",
          "461QQ2sYWxU7H2PV4oBwJGNch8XVTYYbZxU",
          "2mbZwFXF6cxShaCo2czTRB62WTx9LxhTtpP",
          "dB7cwYdcPSgiyAwKWL3JwCVwSk6epU2txw",
          "HPhFUhUAh8ZQQisH8QQWafAxtQYju3SFTX",
          "4ctAH6AkHzq5ioiM1m9T3E2hiYEev5mTsB",
          "EsYbG4tWWWY45G31nox838qNdzksbPySWc",
          "2TAq2tuN6x6m233bpT7yqdYQPELdTDJn1eU",
          "tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty",
          "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
          "BC13W508D6QEJXTDG4Y5R3ZARVARY0C5XW7KN40WF2",
          "bc1rw5uspcuh",
          "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
          "bc1gmk9yu"}) {
        CAPTURE(text);
        REQUIRE(recognise_address(text).empty());
    }
}

TEST_CASE("address: a text is recognised on every ledger it fits", "[chain][address]") {
    const auto ledgers = [](std::string_view text) {
        std::vector<LedgerId> found;
        for (const Address& address : recognise_address(text)) found.push_back(address.ledger);
        return found;
    };
    using enum LedgerId;
    CHECK(ledgers("36j4NfKv6Akva9amjWrLG6MuSQym1GuEmm") == std::vector{btc, ltc});
    CHECK(ledgers("1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo") == std::vector{btc});
    CHECK(ledgers("LUWPbpM43E2p7ZSh8cyTBEkvpHmr3cB8Ez") == std::vector{ltc});
    CHECK(ledgers("n4fajahJrAuKbN7uNsKjLjQkz9Qn5ewJXQ") == std::vector{btc_regtest, ltc_regtest});
    CHECK(ledgers("raw(51)").size() == all_ledgers().size());
    CHECK(ledgers("nobody").empty());
}

TEST_CASE("address: what can never be spent is known", "[chain][address]") {
    const auto of = [](const Bytes& script) { return address_of_script(LedgerId::ltc, script); };
    REQUIRE(is_unspendable(of({kOpReturn})));
    REQUIRE_FALSE(is_unspendable(of({})));
    REQUIRE_FALSE(is_unspendable(of(Bytes(10'000, 0x61))));
    REQUIRE(is_unspendable(of(Bytes(10'001, 0x61))));
}

TEST_CASE("address: the doors to Litecoin's extension block are known", "[chain][address]") {
    for (const unsigned version : {7U, 8U, 9U, 10U}) {
        Bytes script = {static_cast<std::uint8_t>(kOp1 + version - 1), 32};
        script.resize(34, 0xAB);
        const bool door = version == 8 || version == 9;
        REQUIRE(is_mweb(address_of_script(LedgerId::ltc, script)) == door);
        REQUIRE(is_mweb(address_of_script(LedgerId::ltc_regtest, script)) == door);
        REQUIRE_FALSE(is_mweb(address_of_script(LedgerId::btc, script)));
    }
}

TEST_CASE("address: every kind has its name", "[chain][address]") {
    for (unsigned kind = 0; kind <= 9; ++kind)
        REQUIRE(name(static_cast<AddressKind>(kind)) != "unknown");
}

}  // namespace wagetrail
