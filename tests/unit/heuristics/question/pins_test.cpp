#include "heuristics/question/pins.h"

#include <catch2/catch.hpp>

namespace wagetrail::question {
namespace {

ErrorCode code_of(const Pins& pins, std::string_view now) {
    const auto checked = check_moments(pins, parse_time(now).value());
    return checked ? ErrorCode::not_found : checked.error().code;
}

bool has_come(const Pins& pins, std::string_view now) {
    return check_moments(pins, parse_time(now).value()).has_value();
}

}  // namespace

TEST_CASE("pins: a moment that is still to come is refused", "[question][pins]") {
    const std::string now = "2024-05-06T20:00:00Z";
    CHECK(code_of({.as_of = "2024-05-08"}, now) == ErrorCode::invalid);
    CHECK(code_of({.known_at = "2024-05-08"}, now) == ErrorCode::invalid);
    CHECK(code_of({.as_of = "2024-05-01", .known_at = "2100-01-01"}, now) == ErrorCode::invalid);
    CHECK(code_of({.known_at = "soon"}, now) == ErrorCode::invalid);
    // Not two hours ahead, as the time of a block at the tip may be.
    CHECK(has_come({.as_of = "2024-05-06T22:00:00Z"}, now));
    CHECK(code_of({.as_of = "2024-05-06T22:00:01Z"}, now) == ErrorCode::invalid);
}

TEST_CASE("pins: today, the past, a height and nothing have come", "[question][pins]") {
    const std::string now = "2024-05-06T00:00:00Z";
    CHECK(has_come({}, now));
    CHECK(has_come({.as_of = "2024-05-06", .known_at = "2024-05-06"}, now));
    CHECK(has_come({.as_of = "2009-01-03T18:15:05Z"}, now));
    CHECK(has_come({.as_of = "4294967295"}, now));
}

}  // namespace wagetrail::question
