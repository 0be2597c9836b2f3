#include "heuristics/key_identity.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace wagetrail {
namespace {

SeenKey generator() {
    const auto bytes =
        from_hex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
    REQUIRE(bytes.has_value());
    SeenKey key;
    std::copy(bytes->begin(), bytes->end(), key.compressed.begin());
    return key;
}

/// All forms but taproot's are six.
bool has_taproot(const KeyScripts& forms) {
    return forms.scripts().size() == 7;
}

}  // namespace

TEST_CASE("key_identity: a key has a taproot address from taproot on", "[heuristics][keys]") {
    KeyForms forms(LedgerId::btc, 10);
    CHECK_FALSE(has_taproot(forms.of(generator(), Height(709'631))));
    CHECK(has_taproot(forms.of(generator(), Height(709'632))));
    CHECK_FALSE(has_taproot(forms.of(generator(), Height(709'631))));  // a chain goes back, too
    KeyForms on_regtest(LedgerId::btc_regtest, 10);
    CHECK(has_taproot(on_regtest.of(generator(), Height(1))));
}

TEST_CASE("key_identity: a hash has its forms on every ledger", "[heuristics][keys]") {
    const auto point = lift(generator());
    REQUIRE(point.has_value());
    const std::vector<Address> on_btc = addresses_of(*point, LedgerId::btc);
    const std::vector<Address> on_ltc = addresses_of(*point, LedgerId::ltc);
    CHECK(forms_on(LedgerId::ltc, on_btc[0]) == on_ltc);  // P2PK shows the key
    CHECK(forms_on(LedgerId::ltc, on_btc[2]) ==
          std::vector<Address>{on_ltc[2], on_ltc[4], on_ltc[5]});
    CHECK(forms_on(LedgerId::ltc, on_btc[4]) ==
          std::vector<Address>{on_ltc[4], on_ltc[2], on_ltc[5]});
    CHECK(forms_on(LedgerId::ltc, on_btc[6]) == std::vector<Address>{on_ltc[6]});
    CHECK(forms_on(LedgerId::ltc, on_btc[5]).empty());  // which script is not known
}

TEST_CASE("key_identity: what is no point has no forms, and full memory starts anew",
          "[heuristics][keys]") {
    KeyForms forms(LedgerId::btc, 1);
    SeenKey no_point;
    no_point.compressed.fill(3);
    CHECK(forms.of(no_point, Height(1)).scripts().empty());
    const KeyScripts& scripts = forms.of(generator(), Height(1));
    const std::vector<Address> addresses = addresses_of(*lift(generator()), LedgerId::btc);
    REQUIRE(scripts.scripts().size() == 6);
    for (std::size_t i = 0; i < 6; ++i)
        CHECK(scripts.scripts()[i] == sha256(script_of(addresses[i])));
    CHECK(forms.of(no_point, Height(1)).scripts().empty());
}

}  // namespace wagetrail
