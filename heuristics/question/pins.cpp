#include "heuristics/question/pins.h"

namespace wagetrail::question {
namespace {

constexpr std::int64_t kLastSecondOfDay = 24 * 3600 - 1;

}  // namespace

Expected<Time> parse_moment(std::string_view text) {
    const Time time = TRY(parse_time(text));
    return text.size() == 10 ? Time{time.seconds + kLastSecondOfDay} : time;
}

Expected<std::optional<Time>> known_moment(const Pins& pins) {
    if (pins.known_at.empty()) return std::optional<Time>();
    return std::optional(TRY(parse_moment(pins.known_at)));
}

}  // namespace wagetrail::question
