// Where the nodes of a picture stand: columns from left to right by hops or by time, rows in them
// near whom they dealt with. The same picture gives the same places, and what was placed keeps its
// place when more is drawn beside it.
#pragma once

#include "heuristics/report/picture/picture.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::report {

enum class Across : std::uint8_t { hops, time };
[[nodiscard]] std::optional<Across> parse_across(std::string_view word);  // "hops", "time"
[[nodiscard]] std::string_view name(Across across);

inline constexpr std::int64_t kNodeWidth = 200;
inline constexpr std::int64_t kNodeHeight = 52;
inline constexpr std::int64_t kColumnStep = 290;  // at least
inline constexpr std::int64_t kColumnStepMax = 680;
inline constexpr std::int64_t kRowStep = 72;

/// The upper left corner, in points; y grows downward.
struct NodePlace {
    std::int64_t x = 0;
    std::int64_t y = 0;
    std::int64_t column = 0;  // 0: of the payers; backward, of those that received
};

struct Layout {
    std::int64_t column_step =
        kColumnStep;                // wider where columns are high, so that edges stay flat
    std::vector<NodePlace> places;  // by node
    std::vector<std::pair<std::int64_t, Time>> columns;  // across time: column and its first moment
};

/// fixed: how many nodes, from the first, are placed as if the others were not there.
[[nodiscard]] Layout laid_out(const Picture& picture, Across across, std::size_t fixed);

}  // namespace wagetrail::report
