#include "chain/bip32.h"

#include "chain/base58.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

std::string error_of(std::string_view key) {
    const auto parsed = parse_extended_key(key);
    return parsed ? "" : parsed.error().what;
}

void follow(std::string_view from,
            const std::vector<std::pair<std::uint32_t, const char*>>& steps) {
    auto key = parse_extended_key(from);
    REQUIRE(key.has_value());
    REQUIRE(text(*key) == from);
    for (const auto& [index, expected] : steps) {
        key = derive(*key, index);
        REQUIRE(key.has_value());
        CHECK(text(*key) == expected);
    }
}

}  // namespace

TEST_CASE("bip32: public derivation follows the chains of vector 1", "[chain][bip32]") {
    follow(
        "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265"
        "TMg7usUDFdp6W1EGMcet8",
        {{0,
          "xpub68Gmy5EVb2BdFbj2LpWrk1M7obNuaPTpT5oh9QCCo5sRfqSHVYWex97WpDZzszdzHzxXDAzPLVSwybe4uPYk"
          "Sk4G3gnrPqqkV9RyNzAcNJ1"},
         {1,
          "xpub6AvUGrnEpfvJBbfx7sQ89Q8hEMPM65UteqEX4yUbUiES2jHfjexmfJoxCGSwFMZiPBaKQT1RiKWrKfuDV4vp"
          "gVs4Xn8PpPTR2i79rwHd4Zr"},
         {2,
          "xpub6BqyndF6rhZqmgktFCBcapkwubGxPqoAZtQaYewJHXVKZcLdnqBVC8N6f6FSHWUghjuTLeubWyQWfJdk2G3t"
          "Ggvgj3qngo4vLTnnSjAZckv"},
         {2,
          "xpub6FHUhLbYYkgFQiFrDiXRfQFXBB2msCxKTsNyAExi6keFxQ8sHfwpogY3p3s1ePSpUqLNYks5T6a3JqpCGszt"
          "4kxbyq7tUoFP5c8KWyiDtPp"},
         {1'000'000'000,
          "xpub6GX3zWVgSgPc5tgjE6ogT9nfwSADD3tdsxpzd7jJoJMqSY12Be6VQEFwDCp6wAQoZsH2iq5nNocHEaVDxBco"
          "bPrkZCjYW3QUmoDYzMFBDu9"}});
    // m/0' and below, of which only the unhardened steps can be followed.
    follow(
        "xpub68Gmy5EdvgibQVfPdqkBBCHxA5htiqg55crXYuXoQRKfDBFA1WEjWgP6LHhwBZeNK1VTsfTFUHCdrfp1bgwQ9x"
        "v5ski8PX9rL2dZXvgGDnw",
        {{1,
          "xpub6ASuArnXKPbfEwhqN6e3mwBcDTgzisQN1wXN9BJcM47sSikHjJf3UFHKkNAWbWMiGj7Wf5uMash7SyYq527H"
          "qck2AxYysAA7xmALppuCkwQ"}});
    follow(
        "xpub6D4BDPcP2GT577Vvch3R8wDkScZWzQzMMUm3PWbmWvVJrZwQY4VUNgqFJPMM3No2dFDFGTsxxpG5uJh7n7epu4"
        "trkrX7x7DogT5Uv6fcLW5",
        {{2,
          "xpub6FHa3pjLCk84BayeJxFW2SP4XRrFd1JYnxeLeU8EqN3vDfZmbqBqaGJAyiLjTAwm6ZLRQUMv1ZACTj37sR62"
          "cfN7fe5JnJ7dh8zL4fiyLHV"},
         {1'000'000'000,
          "xpub6H1LXWLaKsWFhvm6RVpEL9P4KfRZSW7abD2ttkWP3SSQvnyA8FSVqNTEcYFgJS2UaFcxupHiYkro49S8yGas"
          "TvXEYBVPamhGW6cFJodrTHy"}});
}

TEST_CASE("bip32: public derivation follows the chains of vector 2", "[chain][bip32]") {
    follow(
        "xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Zz8idoc4a6mr8BDz"
        "TJY47LJhkJ8UB7WEGuduB",
        {{0,
          "xpub69H7F5d8KSRgmmdJg2KhpAK8SR3DjMwAdkxj3ZuxV27CprR9LgpeyGmXUbC6wb7ERfvrnKZjXoUmmDznezpb"
          "Zb7ap6r1D3tgFxHmwMkQTPH"},
         {2'147'483'647,
          "xpub6ASAVgeWMg4pmutghzHG3BohahjwNwPmy2DgM6W9wGegtPrvNgjBwuZRD7hSDFhYfunq8vDgwG4ah1gVzZys"
          "gp3UsKz7VNjCnSUJJ5T4fdD"},
         {1,
          "xpub6CrnV7NzJy4VdgP5niTpqWJiFXMAca6qBm5Hfsry77SQmN1HGYHnjsZSujoHzdxf7ZNK5UVrmDXFPiEW2ecw"
          "HGWMFGUxPC9ARipss9rXd4b"},
         {2'147'483'646,
          "xpub6FL2423qFaWzHCvBndkN9cbkn5cysiUeFq4eb9t9kE88jcmY63tNuLNRzpHPdAM4dUpLhZ7aUm2cJ5zF7KYo"
          "nf4jAPfRqTMTRBNkQL3Tfta"},
         {2,
          "xpub6H7WkJf547AiSwAbX6xsm8Bmq9M9P1Gjequ5SipsjipWmtXSyp4C3uwzewedGEgAMsDy4jEvNTWtxLyqqHY9"
          "C12gaBmgUdk2CGmwachwnWK"}});
}

TEST_CASE("bip32: hardened steps and depths beyond 255 are refused", "[chain][bip32]") {
    auto key = parse_extended_key(
        "xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Zz8idoc4a6mr8BDz"
        "TJY47LJhkJ8UB7WEGuduB");
    REQUIRE(key.has_value());
    REQUIRE_FALSE(derive(*key, kHardened).has_value());
    key->depth = 254;
    key = derive(*key, 0);
    REQUIRE(key.has_value());
    REQUIRE_FALSE(derive(*key, 0).has_value());
}

TEST_CASE("bip32: the invalid public keys of vector 5 are refused for their reason",
          "[chain][bip32]") {
    const std::pair<const char*, const char*> cases[] = {
        {"xpub661MyMwAqRbcEYS8w7XLSVeEsBXy79zSzH1J8vCdxAZningWLdN3zgtU6LBpB85b3D2yc8sfvZU521AAwdZaf"
         "E"
         "z7mnzBBsz4wKY5fTtTQBm",
         "no valid public key"},
        {"xpub661MyMwAqRbcEYS8w7XLSVeEsBXy79zSzH1J8vCdxAZningWLdN3zgtU6Txnt3siSujt9RCVYsx4qHZGc62TG"
         "4"
         "McvMGcAUjeuwZdduYEvFn",
         "no valid public key"},
        {"xpub661MyMwAqRbcEYS8w7XLSVeEsBXy79zSzH1J8vCdxAZningWLdN3zgtU6N8ZMMXctdiCjxTNq964yKkwrkBJJ"
         "w"
         "pzZS4HS2fxvyYUA4q2Xe4",
         "no valid public key"},
        {"xpub661no6RGEX3uJkY4bNnPcw4URcQTrSibUZ4NqJEw5eBkv7ovTwgiT91XX27VbEXGENhYRCf7hyEbWrR3FewAT"
         "d"
         "CEebj6znwMfQkhRYHRLpJ",
         "depth 0"},
        {"xpub661MyMwAuDcm6CRQ5N4qiHKrJ39Xe1R1NyfouMKTTWcguwVcfrZJaNvhpebzGerh7gucBvzEQWRugZDuDXjND"
         "R"
         "mXzSZe4c7mnTK97pTvGS8",
         "depth 0"},
        {"DMwo58pR1QLEFihHiXPVykYB6fJmsTeHvyTp7hRThAtCX8CvYzgPcn8XnmdfHGMQzT7ayAmfo4z3gY5KfbrZWZ6St"
         "2"
         "4UVf2Qgo6oujFktLHdHY4",
         "unknown kind"},
        {"xpub661MyMwAqRbcEYS8w7XLSVeEsBXy79zSzH1J8vCdxAZningWLdN3zgtU6Q5JXayek4PRsn35jii4veMimro1x"
         "e"
         "fsM58PgBMrvdYre8QyULY",
         "no valid public key"},
        {"xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Zz8idoc4a6mr8BD"
         "z"
         "TJY47LJhkJ8UB7WEGuduC",
         "wrong checksum"},
        {"xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED0", "character 65"},
        {"1FsSia9rv4NeEwvJ2GvXrX7LyxYspbN2mo", "wrong length"},
    };
    for (const auto& [key, reason] : cases) {
        CAPTURE(key, error_of(key));
        CHECK(error_of(key).find(reason) != std::string::npos);
    }
}

TEST_CASE("bip32: private keys are refused, whole or mistyped, and not repeated",
          "[chain][bip32]") {
    for (
        const std::string key :
        {"xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU"
         "3TGtRBeJgk33yuGBxrMPHi",
         "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU"
         "3TGtRBeJgk33yuGBxrMPHL",
         "tprv8gRrNu65W2Msef2BdBSUgFdRTGzC8EwVXnV7UGS3faeXtuMVtGfEdidVeGbThs4ELEoayCAzZQ4uUji9DUiAs"
         "7erdVskqju7hrBcDvDsdbY"}) {
        REQUIRE(error_of(key).find("extended private key") != std::string::npos);
        REQUIRE(error_of(key).find(key.substr(8, 8)) == std::string::npos);
    }
}

TEST_CASE("bip32: a key fits the networks of its prefix", "[chain][bip32]") {
    const auto made = [](std::string_view version) {
        auto bytes = decode_base58check(
            "xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Zz8idoc4a6mr"
            "8"
            "BDzTJY47LJhkJ8UB7WEGuduB");
        const auto prefix = from_hex(version);
        std::copy(prefix->begin(), prefix->end(), bytes->begin());
        return encode_base58check(*bytes);
    };
    struct Case {
        const char* version;
        const char* name;
        bool btc, btc_regtest, ltc, ltc_regtest;
    };
    for (const Case& each : {Case{"0488b21e", "xpub", true, false, true, false},
                             Case{"049d7cb2", "ypub", true, false, true, false},
                             Case{"04b24746", "zpub", true, false, true, false},
                             Case{"043587cf", "tpub", false, true, false, true},
                             Case{"044a5262", "upub", false, true, false, true},
                             Case{"045f1cf6", "vpub", false, true, false, true},
                             Case{"0295b43f", "Ypub", true, false, true, false},
                             Case{"02aa7ed3", "Zpub", true, false, true, false},
                             Case{"024289ef", "Upub", false, true, false, true},
                             Case{"02575483", "Vpub", false, true, false, true},
                             Case{"019da462", "Ltub", false, false, true, false},
                             Case{"01b26ef6", "Mtub", false, false, true, false},
                             Case{"0436f6e1", "ttub", false, false, false, true}}) {
        const std::string key = made(each.version);
        CAPTURE(key);
        REQUIRE(key.starts_with(each.name));
        REQUIRE(looks_like_extended_key(key));
        const auto parsed = parse_extended_key(key);
        REQUIRE(parsed.has_value());
        CHECK(fits_ledger(*parsed->version, LedgerId::btc) == each.btc);
        CHECK(fits_ledger(*parsed->version, LedgerId::btc_regtest) == each.btc_regtest);
        CHECK(fits_ledger(*parsed->version, LedgerId::ltc) == each.ltc);
        CHECK(fits_ledger(*parsed->version, LedgerId::ltc_regtest) == each.ltc_regtest);
    }
    // The private versions, too, begin as their names say.
    for (const auto& [version, name] :
         {std::pair{"0488ade4", "xprv"}, std::pair{"049d7878", "yprv"},
          std::pair{"04b2430c", "zprv"}, std::pair{"04358394", "tprv"},
          std::pair{"044a4e28", "uprv"}, std::pair{"045f18bc", "vprv"},
          std::pair{"0295b005", "Yprv"}, std::pair{"02aa7a99", "Zprv"},
          std::pair{"024285b5", "Uprv"}, std::pair{"02575048", "Vprv"},
          std::pair{"019d9cfe", "Ltpv"}, std::pair{"01b26792", "Mtpv"},
          std::pair{"0436ef7d", "ttpv"}}) {
        const std::string key = made(version);
        CAPTURE(key);
        CHECK(key.starts_with(name));
        CHECK(error_of(key).find("extended private key") != std::string::npos);
    }
}

}  // namespace wagetrail
