// What the verifier says: one line per kind of check, each with what was looked at, or what is
// wrong and where.
#pragma once

#include "chain/base/expected.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wagetrail::verifier {

enum class State : std::uint8_t {
    holds,
    broken,
    absent,  // there is nothing to check, and nothing was asked for
};

struct Check {
    std::string name;  // "headers"
    State state = State::holds;
    std::string words;  // what was checked, or what does not hold
};

/// The check of a function that says what it has checked, or what does not hold.
[[nodiscard]] inline Check check(std::string name, Expected<std::string> outcome) {
    if (outcome) return {std::move(name), State::holds, *std::move(outcome)};
    return {std::move(name), State::broken, std::move(outcome).error().what};
}

/// For checks: this does not hold.
[[nodiscard]] inline std::unexpected<Error> broken(std::string what) {
    return fail(ErrorCode::corrupt, std::move(what));
}

}  // namespace wagetrail::verifier
