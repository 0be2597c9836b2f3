#include "chain/descriptor.h"

#include "chain/base58.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

const std::string kKey = "03a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd";
const std::string kLongKey =
    "04a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd5b8dec5235a0fa8722476c7709c0"
    "2559e3aa73aa03918ba2d492eea75abea235";
// BIP32's vectors: m of vector 2, its child 0, and keys that the descriptor BIPs use.
const std::string kMaster =
    "xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Zz8idoc4a6mr8BDzTJY4"
    "7"
    "LJhkJ8UB7WEGuduB";
const std::string kChild =
    "xpub69H7F5d8KSRgmmdJg2KhpAK8SR3DjMwAdkxj3ZuxV27CprR9LgpeyGmXUbC6wb7ERfvrnKZjXoUmmDznezpbZb7ap6"
    "r"
    "1D3tgFxHmwMkQTPH";
const std::string kFirst =
    "xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDM"
    "z"
    "QLcgJvLJuZZvRcEL";
const std::string kSecond =
    "xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWgqbhhTHBaohPX4CjNLf9fq9MYo6oDaPPLP"
    "x"
    "Sb7gwQN3ih19Zm4Y";
const std::string kThird =
    "xpub661MyMwAqRbcGDZQUKLqmWodYLcoBQnQH33yYkkF3jjxeLvY8qr2wWGEWkiKFaaQfJCoi3HeEq3Dc5DptfbCyjD38f"
    "N"
    "hSqtKc1UHaP4ba3t";
const std::string kVector1 =
    "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7"
    "us"
    "UDFdp6W1EGMcet8";

std::vector<std::string> scripts(std::string_view descriptor, std::uint32_t range_end = 3) {
    const auto addresses = expand_descriptor(LedgerId::btc, descriptor, range_end);
    if (!addresses) return {"error: " + addresses.error().what};
    std::vector<std::string> hex;
    for (const Address& address : *addresses) hex.push_back(to_hex(script_of(address)));
    return hex;
}

std::vector<std::string> texts(LedgerId ledger, std::string_view descriptor, std::uint32_t end) {
    const auto addresses = expand_descriptor(ledger, descriptor, end);
    if (!addresses) return {"error: " + addresses.error().what};
    std::vector<std::string> found;
    for (const Address& address : *addresses) found.push_back(text(address));
    return found;
}

std::string error_of(std::string_view descriptor) {
    const auto addresses = expand_descriptor(LedgerId::btc, descriptor, 3);
    return addresses ? "" : addresses.error().what;
}

using Hexes = std::vector<std::string>;

}  // namespace

TEST_CASE("descriptor: the single-key vectors of BIP381, BIP382 and BIP386",
          "[chain][descriptor]") {
    CHECK(scripts("pk(" + kKey + ")") == Hexes{"21" + kKey + "ac"});
    CHECK(scripts("pk(" + kLongKey + ")") == Hexes{"41" + kLongKey + "ac"});
    CHECK(scripts("pkh([deadbeef/1/2'/3/4']" + kKey + ")") ==
          Hexes{"76a9149a1c78a507689f6f54b847ad1cef1e614ee23f1e88ac"});
    CHECK(scripts("pkh([deadbeef/1/2h/3/4h]" + kKey + ")") ==
          Hexes{"76a9149a1c78a507689f6f54b847ad1cef1e614ee23f1e88ac"});
    CHECK(scripts("pkh(" + kLongKey + ")") ==
          Hexes{"76a914b5bd079c4d57cc7fc28ecf8213a6b791625b818388ac"});
    CHECK(scripts("sh(pk(" + kKey + "))") ==
          Hexes{"a9141857af51a5e516552b3086430fd8ce55f7c1a52487"});
    CHECK(scripts("sh(pkh(" + kKey + "))") ==
          Hexes{"a9141a31ad23bf49c247dd531a623c2ef57da3c400c587"});
    CHECK(scripts("pkh([bd16bee5/2147483647h]xpub69H7F5dQzmVd3vPuLKtcXJziMEQByuDidnX3YdwgtNsecY5HRG"
                  "tAAQC5mXTt4dsv9RzyjgDjAQs9VGVV6ydYCHnprc9vvaA5YtqWyL6hyds/0)") ==
          Hexes{"76a914ebdc90806a9c4356c1c88e42216611e1cb4c1c1788ac"});
    CHECK(scripts("pk(" + kSecond + "/0)") ==
          Hexes{"210379e45b3cf75f9c5f9befd8e9506fb962f6a9d185ac87001ec44a8d3df8d4a9e3ac"});
    CHECK(scripts("wpkh(" + kKey + ")") == Hexes{"00149a1c78a507689f6f54b847ad1cef1e614ee23f1e"});
    CHECK(scripts("wpkh([ffffffff/13']" + kChild + "/1/2/*)") ==
          Hexes{"0014326b2249e3a25d5dc60935f044ee835d090ba859",
                "0014af0bd98abc2f2cae66e36896a39ffe2d32984fb7",
                "00141fa798efd1cbf95cebf912c031b8a4a6e9fb9f27"});
    CHECK(scripts("wsh(pkh(" + kKey + "))") ==
          Hexes{"0020338e023079b91c58571b20e602d7805fb808c22473cbc391a41b1bd3a192e75b"});
    CHECK(scripts("wsh(pk(" + kKey + "))") ==
          Hexes{"00202e271faa2325c199d25d22e1ead982e45b64eeb4f31e73dbdf41bd4b5fec23fa"});
    CHECK(scripts("sh(wsh(pkh(" + kKey + ")))") ==
          Hexes{"a914b61b92e2ca21bac1e72a3ab859a742982bea960a87"});
    CHECK(scripts("tr(" + kKey.substr(2) + ")") ==
          Hexes{"512077aab6e066f8a7419c5ab714c12c67d25007ed55a43cadcacb4d7a970a093f11"});
    CHECK(scripts("tr(" + kKey + ")") ==
          Hexes{"512077aab6e066f8a7419c5ab714c12c67d25007ed55a43cadcacb4d7a970a093f11"});
    CHECK(scripts("rawtr(" + kKey + ")") == Hexes{"5120" + kKey.substr(2)});
}

TEST_CASE("descriptor: the multisig vectors of BIP383", "[chain][descriptor]") {
    const std::string bare = "5121" + kKey + "41" + kLongKey + "52ae";
    CHECK(scripts("multi(1," + kKey + "," + kLongKey + ")") == Hexes{bare});
    CHECK(scripts("sortedmulti(1," + kLongKey + "," + kKey + ")") == Hexes{bare});
    CHECK(
        scripts("sortedmulti(2," + kFirst + "/*," + kSecond + "/0/0/*)") ==
        Hexes{
            "5221025d5fc65ebb8d44a5274b53bac21ff8307fec2334a32df05553459f8b1f7fe1b62102fbd47cc8034"
            "098f0e6a94c6aeee8528abf0a2153a5d8e46d325b7284c046784652ae",
            "52210264fd4d1f5dea8ded94c61e9641309349b62f27fbffe807291f664e286bfbe6472103f4ece6dfccf"
            "a37b211eb3d0af4d0c61dba9ef698622dc17eecdf764beeb005a652ae",
            "5221022ccabda84c30bad578b13c89eb3b9544ce149787e5b538175b1d1ba259cbb83321024d902e1a2fc"
            "7a8755ab5b694c575fce742c48d9ff192e63df5193e4c7afe1f9c52ae"});
}

namespace {

const std::string kSixteenKeys =
    "03669b8afcec803a0d323e9a17f3ea8e68e8abe5a278020a929adbec52421adbd0,"
    "0260b2003c386519fc9eadf2b5cf124dd8eea4c4e68d5e154050a9346ea98ce600,"
    "0362a74e399c39ed5593852a30147f2959b56bb827dfa3e60e464b02ccf87dc5e8,"
    "0261345b53de74a4d721ef877c255429961b7e43714171ac06168d7e08c542a8b8,"
    "02da72e8b46901a65d4374fe6315538d8f368557dda3a1dcf9ea903f3afe7314c8,"
    "0318c82dd0b53fd3a932d16e0ba9e278fcc937c582d5781be626ff16e201f72286,"
    "0297ccef1ef99f9d73dec9ad37476ddb232f1238aff877af19e72ba04493361009,"
    "02e502cfd5c3f972fe9a3e2a18827820638f96b6f347e54d63deb839011fd5765d,"
    "03e687710f0e3ebe81c1037074da939d409c0025f17eb86adb9427d28f0f7ae0e9,"
    "02c04d3a5274952acdbc76987f3184b346a483d43be40874624b29e3692c1df5af,"
    "02ed06e0f418b5b43a7ec01d1d7d27290fa15f75771cb69b642a51471c29c84acd,"
    "036d46073cbb9ffee90473f3da429abc8de7f8751199da44485682a989a4bebb24,"
    "02f5d1ff7c9029a80a4e36b9a5497027ef7f3e73384a4a94fbfe7c4e9164eec8bc,"
    "02e41deffd1b7cce11cde209a781adcffdabd1b91c0ba0375857a2bfd9302419f3,"
    "02d76625f7956a7fc505ab02556c23ee72d832f1bac391bcd2d3abce5710a13d06,"
    "0399eb0a5487515802dc14544cf10b3666623762fbed2ec38a3975716e2c29c232";

}  // namespace

TEST_CASE("descriptor: sixteen keys fit into wsh() but not into sh()", "[chain][descriptor]") {
    CHECK(scripts("sh(wsh(multi(16," + kSixteenKeys + ")))") ==
          Hexes{"a9147fc63e13dc25e8a95a3cee3d9a714ac3afd96f1e87"});
    CHECK(error_of("sh(multi(16," + kSixteenKeys + "))").find("too long for sh()") !=
          std::string::npos);
    CHECK(error_of("wsh(multi(16," + kSixteenKeys + "," + kSixteenKeys + "))")
              .find("at most 20 keys") != std::string::npos);
}

TEST_CASE("descriptor: sortedmulti() orders keys as BIP67 does", "[chain][descriptor]") {
    CHECK(
        texts(LedgerId::btc,
              "sh(sortedmulti(2,02ff12471208c14bd580709cb2358d98975247d8765f92bc25eab3b2763ed605f8,"
              "02fe6f0a5a297eb38c391581c4413e084773ea23954d93f7753db7dc0adc188b2f))",
              1) == Hexes{"39bgKC7RFbpoCRbtD5KEdkYKtNyhpsNa3Z"});
    CHECK(
        texts(LedgerId::btc,
              "sh(sortedmulti(2,02632b12f4ac5b1d1b72b2a3b508c19172de44f6f46bcee50ba33f3f9291e47ed0,"
              "027735a29bae7780a9755fae7a1c4374c656ac6a69ea9f3697fda61bb99a4f3e77,"
              "02e2cc6bd5f45edd43bebe7cb9b675f0ce9ed3efe613b177588290ad188d11b404))",
              1) == Hexes{"3CKHTjBKxCARLzwABMu9yD85kvtm7WnMfH"});
    CHECK(
        texts(LedgerId::btc,
              "sh(sortedmulti(2,022df8750480ad5b26950b25c7ba79d3e37d75f640f8e5d9bcd5b150a0f85014da,"
              "03e3818b65bcc73a7d64064106a859cc1a5a728c4345ff0b641209fba0d90de6e9,"
              "021f2f6e1e50cb6a953935c3601284925decd3fd21bc445712576873fb8c6ebc18))",
              1) == Hexes{"3Q4sF6tv9wsdqu2NtARzNCpQgwifm2rAba"});
}

TEST_CASE("descriptor: combo() is every form a key's own bytes allow", "[chain][descriptor]") {
    CHECK(scripts("combo(" + kKey + ")") ==
          Hexes{"21" + kKey + "ac", "76a9149a1c78a507689f6f54b847ad1cef1e614ee23f1e88ac",
                "00149a1c78a507689f6f54b847ad1cef1e614ee23f1e",
                "a91484ab21b1b2fd065d4504ff693d832434b6108d7b87"});
    CHECK(scripts("combo(" + kLongKey + ")") ==
          Hexes{"41" + kLongKey + "ac", "76a914b5bd079c4d57cc7fc28ecf8213a6b791625b818388ac"});
}

TEST_CASE("descriptor: addr() and raw() of BIP385", "[chain][descriptor]") {
    CHECK(scripts("addr(3PUNyaW7M55oKWJ3kDukwk9bsKvryra15j)") ==
          Hexes{"a914eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee87"});
    CHECK(scripts("raw(a9149a4d9901d6af519b2a23d4a2f51650fcba87ce7b87)") ==
          Hexes{"a9149a4d9901d6af519b2a23d4a2f51650fcba87ce7b87"});
    for (const char* text : {"raw(asdf)", "addr(asdf)", "sh(raw(deadbeef))", "wsh(raw(deadbeef))",
                             "sh(addr(3PUNyaW7M55oKWJ3kDukwk9bsKvryra15j))",
                             "wsh(addr(3PUNyaW7M55oKWJ3kDukwk9bsKvryra15j))"}) {
        CAPTURE(text);
        CHECK_FALSE(error_of(text).empty());
    }
}

TEST_CASE("descriptor: a choice of steps is as many descriptors (BIP389)", "[chain][descriptor]") {
    const auto joined = [](Hexes first, const Hexes& second) {
        first.insert(first.end(), second.begin(), second.end());
        return first;
    };
    CHECK(scripts("pk(" + kSecond + "/<0;1>)") ==
          joined(scripts("pk(" + kSecond + "/0)"), scripts("pk(" + kSecond + "/1)")));
    CHECK(scripts("wpkh([ffffffff/13h]" + kChild + "/<1;3>/2/*)") ==
          joined(scripts("wpkh(" + kChild + "/1/2/*)"), scripts("wpkh(" + kChild + "/3/2/*)")));
    CHECK(scripts("pkh(" + kMaster + "/<0;1;2>)").size() == 3);
    Hexes each;
    for (const auto& [a, b] : {std::pair{"1", "3"}, std::pair{"2", "4"}, std::pair{"3", "5"}})
        each = joined(each, scripts("sh(multi(2," + kFirst + "/" + a + "/0/*," + kSecond + "/0/*," +
                                    kThird + "/0/0/" + b + "/*))"));
    CHECK(scripts("sh(multi(2," + kFirst + "/<1;2;3>/0/*," + kSecond + "/0/*," + kThird +
                  "/0/0/<3;4;5>/*))") == each);
    CHECK(each.size() == 9);
    for (const std::string& bad : {kMaster + "/<0;1>/<2;3>", "[deadbeef/<0;1>]" + kMaster + "/0",
                                   kMaster + "/<>/*", kMaster + "/0>/*", kMaster + "/<0/*",
                                   kMaster + "/<0;>/*", kMaster + "/<0>/*", kMaster + "/<0;0>/*"}) {
        CAPTURE(bad);
        CHECK_FALSE(error_of("wpkh(" + bad + ")").empty());
    }
    CHECK(error_of("sh(multi(2," + kFirst + "/<1;2;3>/0/*," + kSecond + "/<3;4>/*))")
              .find("same length") != std::string::npos);
}

TEST_CASE("descriptor: the checksum vectors of BIP380", "[chain][descriptor]") {
    CHECK(descriptor_checksum("raw(deadbeef)") == "89f8spxm");
    CHECK(scripts("raw(deadbeef)#89f8spxm") == Hexes{"deadbeef"});
    CHECK(scripts("raw(deadbeef)") == Hexes{"deadbeef"});
    for (const char* text :
         {"raw(deadbeef)#", "raw(deadbeef)#89f8spxmx", "raw(deadbeef)#89f8spx",
          "raw(deedbeef)#89f8spxm", "raw(deedbeef)##9f8spxm", "raw(\xC3\x9C)#00000000"}) {
        CAPTURE(text);
        CHECK_FALSE(error_of(text).empty());
    }
    CHECK(error_of("raw(deedbeef)#89f8spxm").find("wrong checksum") == 0);
    CHECK(descriptor_checksum(
              "pk("
              "04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6"
              "bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f)") == "vlz6ztea");
}

TEST_CASE("descriptor: invalid keys of BIP380 are refused", "[chain][descriptor]") {
    const std::string key = "0260b2003c386519fc9eadf2b5cf124dd8eea4c4e68d5e154050a9346ea98ce600";
    for (const std::string& good :
         {key, "[deadbeef]" + key, "[deadbeef/0h/0h/0h]" + key, "[deadbeef/0'/0h/0']" + key,
          "[deadbeef/0h/1h/2h]" + kFirst + "/3/4/5/*"}) {
        CAPTURE(good);
        CHECK(error_of("pkh(" + good + ")").empty());
    }
    for (const std::string& bad : {"[deadbeef/0h/0h/0h/*]" + key,
                                   "[deadbeef/0h/0h/0h/]" + key,
                                   "[deadbef/0h/0h/0h]" + key,
                                   "[deadbeeef/0h/0h/0h]" + key,
                                   "[deadbeef/0f/0f/0f]" + key,
                                   "[deadbeef/0H/0H/0H]" + key,
                                   "[deadbeef/-0/-0/-0]" + key,
                                   kMaster + "/2147483648",
                                   kMaster + "/1aa",
                                   kMaster + "/",
                                   kMaster + "//0",
                                   kMaster + "/*/0",
                                   "[aaaaaaaa][aaaaaaaa]" + kMaster + "/0",
                                   "aaaaaaaa]" + kMaster + "/0",
                                   "[gaaaaaaa]" + kMaster + "/0",
                                   "[deadbeef" + kMaster,
                                   std::string("[deadbeef]"),
                                   key + "/0",
                                   " " + key,
                                   "06" + kLongKey.substr(2),
                                   "02" + std::string(64, 'f'),
                                   kKey.substr(2),
                                   std::string()}) {
        CAPTURE(bad);
        CHECK_FALSE(error_of("pkh(" + bad + ")").empty());
    }
}

TEST_CASE("descriptor: functions stand only where the BIPs allow them", "[chain][descriptor]") {
    for (const std::string& bad : {"pk(pk(" + kKey + "))",
                                   "pkh(pk(" + kKey + "))",
                                   "sh(" + kKey + ")",
                                   "sh(sh(pkh(" + kKey + ")))",
                                   "wsh(wpkh(" + kKey + "))",
                                   "sh(wsh(wpkh(" + kKey + ")))",
                                   "wsh(wsh(pkh(" + kKey + ")))",
                                   "sh(wsh(wsh(pkh(" + kKey + "))))",
                                   "wsh(sh(pkh(" + kKey + ")))",
                                   "wpkh(wsh(pkh(" + kKey + ")))",
                                   "wsh(" + kKey + ")",
                                   "wpkh(" + kLongKey + ")",
                                   "sh(wpkh(" + kLongKey + "))",
                                   "wsh(pk(" + kLongKey + "))",
                                   "wsh(multi(1," + kLongKey + "))",
                                   "tr(" + kLongKey + ")",
                                   "wsh(tr(" + kKey.substr(2) + "))",
                                   "sh(tr(" + kKey.substr(2) + "))",
                                   "sh(combo(" + kKey + "))",
                                   "tr(" + kKey + ",pk(" + kKey + "))",
                                   "multi(a," + kKey + ")",
                                   "multi(0," + kKey + ")",
                                   "multi(2," + kKey + ")",
                                   "multi(," + kKey + ")",
                                   std::string("multi(1)"),
                                   std::string("multi()"),
                                   "multi(1," + kKey + ",)",
                                   "pkh(" + kKey,
                                   "pkh" + kKey + ")",
                                   "pkh(" + kKey + "))",
                                   kKey,
                                   std::string("()"),
                                   std::string()}) {
        CAPTURE(bad);
        CHECK_FALSE(error_of(bad).empty());
    }
    CHECK(error_of("tr(" + kKey + ",pk(" + kKey + "))").find("script tree") != std::string::npos);
}

TEST_CASE("descriptor: private keys and hardened steps are refused with advice",
          "[chain][descriptor]") {
    const std::string wif = "L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1";
    const std::string xprv =
        "xprv9s21ZrQH143K31xYSDQpPDxsXRTUcvj2iNHm5NUtrGiGG5e2DtALGdso3pGz6ssrdK4PFmM8NSpSBHNqPqm55Q"
        "n3L"
        "qFtT2emdEXVYsCzC2U";
    for (const std::string& text :
         {"pkh(" + wif + ")", "pkh(" + wif + "/0)", "pkh([deadbeef/0h]" + wif + ")",
          "pkh(" + xprv + "/1h/0)", "wsh(multi(1," + kKey + "," + xprv + "/*))", xprv}) {
        CHECK(error_of(text).find("private key") != std::string::npos);
        CHECK(error_of(text).find(wif.substr(4, 8)) == std::string::npos);
        CHECK(error_of(text).find(xprv.substr(8, 8)) == std::string::npos);
    }
    for (const char* path : {"/3h/4h/5h/*", "/3'", "/*h", "/*'", "/<0;1h>/*"}) {
        CAPTURE(path);
        CHECK(error_of("wpkh(" + kMaster + path + ")").find("needs the private key") !=
              std::string::npos);
    }
}

TEST_CASE("descriptor: bare extended keys are the wallets that BIP44 to BIP86 describe",
          "[chain][descriptor]") {
    // Accounts 0 of the words "abandon ... about".
    const std::string bip44 =
        "xpub6BosfCnifzxcFwrSzQiqu2DBVTshkCXacvNsWGYJVVhhawA7d4R5WSWGFNbi8Aw6ZRc1brxMyWMzG3DSSSSoek"
        "kudhUd9yLb6qx39T9nMdj";
    const std::string bip49 =
        "ypub6Ww3ibxVfGzLrAH1PNcjyAWenMTbbAosGNB6VvmSEgytSER9azLDWCxoJwW7Ke7icmizBMXrzBx9979FfaHxHc"
        "rArf3"
        "zbeJJJUZPf663zsP";
    const std::string bip84 =
        "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf3"
        "1mGDt"
        "KsAYz2oz2AGutZYs";
    const std::string bip86 =
        "xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY4"
        "9yfdDE"
        "HGCtMMj92pReUsQ";
    CHECK(texts(LedgerId::btc, bip44, 1).front() == "1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA");
    CHECK(texts(LedgerId::btc, bip49, 1).front() == "37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf");
    CHECK(texts(LedgerId::btc, bip49, 2).size() == 4);
    CHECK(texts(LedgerId::btc, bip84, 2) == Hexes{"bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
                                                  "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g",
                                                  "bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el",
                                                  "bc1qggnasd834t54yulsep6fta8lpjekv4zj6gv5rf"});
    const auto forms = texts(LedgerId::btc, bip86, 2);
    REQUIRE(forms.size() == 16);  // two chains, two indexes, four forms
    CHECK(forms[3] == "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr");
    CHECK(forms[7] == "bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh");
    CHECK(forms[11] == "bc1p3qkhfews2uk44qtvauqyr2ttdsw7svhkl9nkm9s9c3x4ax5h60wqwruhk7");
    CHECK(forms[0].front() == '1');
    CHECK(forms[1].front() == '3');
    CHECK(forms[2].starts_with("bc1q"));
    // With an origin or a path of its own.
    CHECK(texts(LedgerId::btc, "[73c5da0a/84h/0h/0h]" + bip84 + "/1/*", 1) ==
          Hexes{"bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el"});
    // BIP49's own vector, on a test network.
    CHECK(texts(LedgerId::btc_regtest,
                "sh(wpkh(03a1af804ac108a8a51782198c2d034b28bf90c8803f5a53f76276fa69a4eae77f))",
                1) == Hexes{"2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2"});
}

TEST_CASE("descriptor: an extended key of another network or of a cosigner is refused",
          "[chain][descriptor]") {
    CHECK(texts(LedgerId::btc_regtest, kMaster, 1).front().find("another network") !=
          std::string::npos);
    CHECK(texts(LedgerId::ltc, kMaster, 1).front().front() == 'L');
    auto bytes = *decode_base58check(kMaster);
    const Bytes cosigner = {0x02, 0xAA, 0x7E, 0xD3};
    std::copy(cosigner.begin(), cosigner.end(), bytes.begin());
    CHECK(error_of(encode_base58check(bytes)).find("cosigner") != std::string::npos);
    CHECK(error_of("wsh(sortedmulti(1," + encode_base58check(bytes) + "/0/*))").empty());
}

TEST_CASE("descriptor: the order is chain, index, form, and nothing comes twice",
          "[chain][descriptor]") {
    CHECK(scripts("sortedmulti(1," + kMaster + "/<0;1>," + kMaster + "/<1;0>)").size() == 1);
    CHECK(scripts("pkh(" + kKey + ")", 100).size() == 1);
    CHECK(scripts("pkh(" + kMaster + "/*)", 0).empty());
    CHECK(scripts("sh(wpkh(" + kVector1 + "/10/20/30/40/*))").size() == 3);
}

TEST_CASE("descriptor: work is bounded before it begins", "[chain][descriptor]") {
    const auto too_far = expand_descriptor(LedgerId::btc, kMaster, kMaxDescriptorRange + 1);
    REQUIRE_FALSE(too_far.has_value());
    CHECK(too_far.error().code == ErrorCode::limit);
    std::string choices = "0";
    for (unsigned i = 1; i < 2000; ++i) choices += ";" + std::to_string(i);
    const auto too_much =
        expand_descriptor(LedgerId::btc, "pkh(" + kMaster + "/<" + choices + ">/*)", 1000);
    REQUIRE_FALSE(too_much.has_value());
    CHECK(too_much.error().code == ErrorCode::limit);
    const auto too_long =
        expand_descriptor(LedgerId::btc, "pkh(" + std::string(20'000, '0') + ")", 1);
    REQUIRE_FALSE(too_long.has_value());
    CHECK(too_long.error().code == ErrorCode::limit);
}

TEST_CASE("descriptor: descriptors and extended keys are told from addresses",
          "[chain][descriptor]") {
    for (const std::string& yes :
         {"wpkh(" + kKey + ")", kMaster, std::string("[deadbeef/84h"), std::string("xprv9s21"),
          std::string("musig(a"), std::string("raw()"), std::string("Ltub2")})
        CHECK(looks_like_descriptor(yes));
    for (const char* no : {"1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo",
                           "bc1qvyq0cc6rahyvsazfdje0twl7ez82ndmuac2lhv", "", "(", "Alice (payroll)",
                           "a1075db55d416d3ca199f55b6084e2115b9345e16c5cf302fc80e9d5fbf5d48d"})
        CHECK_FALSE(looks_like_descriptor(no));
}

}  // namespace wagetrail
