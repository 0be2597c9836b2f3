#include "heuristics/question/pins.h"

#include "chain/base/number.h"

namespace wagetrail::question {
namespace {

constexpr std::int64_t kLastSecondOfDay = 24 * 3600 - 1;
constexpr std::int64_t kAheadSecondsMax = 2 * 3600;

Expected<void> check_moment(const char* what, const std::string& words, Time now) {
    if (words.empty()) return {};
    const Time begins = TRY(parse_time(words));
    if (begins.seconds <= now.seconds + kAheadSecondsMax) return {};
    return fail(ErrorCode::invalid, std::string(what) + " " + words + " is in the future: it is " +
                                        text(now) + "; leave it out for all that is known now");
}

}  // namespace

Expected<Time> parse_moment(std::string_view text) {
    const Time time = TRY(parse_time(text));
    return text.size() == 10 ? Time{time.seconds + kLastSecondOfDay} : time;
}

Expected<void> check_moments(const Pins& pins, Time now) {
    const bool is_height = parse_number(pins.as_of).has_value();
    if (!is_height) TRY(check_moment("as_of", pins.as_of, now));
    return check_moment("known_at", pins.known_at, now);
}

Expected<std::optional<Time>> known_moment(const Pins& pins) {
    if (pins.known_at.empty()) return std::optional<Time>();
    return std::optional(TRY(parse_moment(pins.known_at)));
}

}  // namespace wagetrail::question
