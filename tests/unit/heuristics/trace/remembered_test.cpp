#include "heuristics/trace/remembered.h"

#include <catch2/catch.hpp>

namespace wagetrail {

TEST_CASE("remembered: asked once per key, also by copies; an error is asked again", "[trace]") {
    int asked = 0;
    bool works = true;
    const auto first = remembered<int, int>([&](int key) -> Expected<int> {
        ++asked;
        if (!works) return fail(ErrorCode::io, "the disk");
        return 2 * key;
    });
    const auto copy = first;
    CHECK(first(3).value() == 6);
    CHECK(copy(3).value() == 6);
    CHECK(asked == 1);
    works = false;
    CHECK_FALSE(first(4).has_value());
    CHECK(first(3).value() == 6);
    works = true;
    CHECK(copy(4).value() == 8);
    CHECK(asked == 3);
}

}  // namespace wagetrail
