#include "chain/base/amount.h"

#include <catch2/catch.hpp>

namespace wagetrail {

TEST_CASE("amount: decimals are read and printed exactly", "[chain][amount]") {
    REQUIRE(parse_decimal("0.159996", 8) == Amount(15999600));
    REQUIRE(parse_decimal("184467440737.09551615", 8) == Amount(18446744073709551615ULL));
    REQUIRE(decimal_text(Amount(15999600), 8) == "0.15999600");
    REQUIRE(decimal_text(Amount(0), 8) == "0.00000000");
}

TEST_CASE("amount: what is no amount is refused", "[chain][amount]") {
    for (const char* text :
         {"", ".", "-1", "1e8", "1.123456789", "184467440737.09551616", "1.2.3"}) {
        CAPTURE(text);
        REQUIRE_FALSE(parse_decimal(text, 8).has_value());
    }
}

TEST_CASE("amount: overflow and underflow are answers, not wraps", "[chain][amount]") {
    const Amount most(std::numeric_limits<std::uint64_t>::max());
    REQUIRE_FALSE(most.plus(Amount(1)).has_value());
    REQUIRE_FALSE(Amount(1).minus(Amount(2)).has_value());
    REQUIRE(scaled(most, Amount(1), Amount(3)) == Amount(6148914691236517205ULL));
}

}  // namespace wagetrail
