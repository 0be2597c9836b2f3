// Data files that are part of the program, as it was built: the measured errors of our heuristics
// (the cards below heuristics/cards, which tests/measure writes and tests hold against drift) and
// the legal clocks.
#pragma once

#include <array>
#include <string_view>

namespace wagetrail::report {

struct ErrorCard {
    std::string_view name;  // "entities"
    std::string_view json;
};

extern const std::array<ErrorCard, 2> kErrorCards;
extern const std::string_view kLegalClocks;  // JSON

}  // namespace wagetrail::report
