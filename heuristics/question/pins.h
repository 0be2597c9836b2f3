// To what a question is pinned, as the asker writes it, before any ledger or list is open.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/ids.h"
#include "chain/base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace wagetrail::question {

/// What an answer that is asked again was pinned to; goes before as_of.
struct Pinned {
    Height height;
    std::optional<Time> asked;
    std::optional<Time> lists_as_of;
    friend bool operator==(const Pinned&, const Pinned&) = default;
};

struct Pins {
    std::string ledger;    // empty: told by the subject, or the only one there is
    std::string as_of;     // height, date or time; empty: all there is
    std::string known_at;  // date or time; empty: all there is
    std::string level = "L1";
    std::optional<Pinned> pinned = std::nullopt;
    friend bool operator==(const Pins&, const Pins&) = default;
};

/// A moment as askers give it: a date means its last second.
[[nodiscard]] Expected<Time> parse_moment(std::string_view text);

/// invalid: as_of or known_at is still to come, or is none: asked again after it, the answer would
/// be another one. A day has come when it begins; two hours ahead is what nodes allow a block to
/// be.
[[nodiscard]] Expected<void> check_moments(const Pins& pins, Time now);

/// Of known_at; nullopt when it was left open.
[[nodiscard]] Expected<std::optional<Time>> known_moment(const Pins& pins);

}  // namespace wagetrail::question
