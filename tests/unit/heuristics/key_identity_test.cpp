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

bool has_taproot(const std::vector<Address>& forms) {
    return std::any_of(forms.begin(), forms.end(),
                       [](const Address& form) { return form.kind == AddressKind::p2tr; });
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

TEST_CASE("key_identity: what is no point has no forms, and full memory starts anew",
          "[heuristics][keys]") {
    KeyForms forms(LedgerId::btc, 1);
    SeenKey no_point;
    no_point.compressed.fill(3);
    CHECK(forms.of(no_point, Height(1)).empty());
    CHECK(forms.of(generator(), Height(1)).size() == 6);
    CHECK(forms.of(no_point, Height(1)).empty());
}

}  // namespace wagetrail
