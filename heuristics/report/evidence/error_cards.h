// The measured errors of our heuristics, as the program was built with them: the cards below
// heuristics/cards that tests/measure writes and the tests hold against drift.
#pragma once

#include <array>
#include <string_view>

namespace wagetrail::report {

struct ErrorCard {
    std::string_view name;  // "entities"
    std::string_view json;
};

extern const std::array<ErrorCard, 2> kErrorCards;

}  // namespace wagetrail::report
