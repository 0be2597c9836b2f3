// Leaves out of a picture what nobody could see in it: of those that one node paid, the largest
// stay, and one "rest" beside them stands for the others, with their number and value. The widest
// way to each target stays whole, as far as there is room.
#pragma once

#include "heuristics/report/picture/picture.h"

#include <cstddef>
#include <map>
#include <string>

namespace wagetrail::report {

struct Room {
    std::size_t nodes = 500;                       // in all
    std::size_t beside_each = 8;                   // that one node paid; backward: that paid it
    std::map<std::string, std::size_t> more = {};  // the same, of the nodes that were opened
};

struct Folded {
    Picture picture;
    std::size_t nodes_left_out = 0;
    std::size_t edges_left_out = 0;
};

[[nodiscard]] Folded folded(const Picture& whole, const Room& room);

}  // namespace wagetrail::report
