// A statement by a list that an address belongs to somebody, with the four clocks that decide what
// it meant on a given day: when the person was designated, when the address was published, when it
// was removed, and when we knew. Clocks have the resolution of their source: OFAC dates are days
// (their first second in UTC).
//
// The address clocks are per (list, address), not per row: an address that stays on the list while
// its owner's entry is replaced, or while a second owner or a second ticker is added, keeps its
// publication. A listing is one owner's share of one unbroken stay; an address that was removed and
// came back has several.
#pragma once

#include "chain/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail::lists {

/// When something happened that we saw only from outside: after `after` and not later than `by`.
struct Interval {
    std::optional<Time>
        after;  // the newest snapshot that shows it had not happened; none: unbounded
    Time by;    // the oldest snapshot that shows it had

    /// A date that the list itself states.
    [[nodiscard]] static Interval exactly(Time time) { return {time, time}; }
    [[nodiscard]] bool exact() const { return after == by; }
    friend bool operator==(const Interval&, const Interval&) = default;
};

/// Whether a list dates its people apart from their addresses. Numbers are stored: never renumber.
enum class Designation : std::uint8_t {
    stated = 0,       // Listing::designated_on holds the date
    publication = 1,  // a plain list of addresses: publishing the address is the designation
    missing = 2,      // the list dates its people, but not this one
};

struct Listing {
    std::string list;
    std::string entity = {};    // the owner's name; empty when the list gives none
    std::string party_id = {};  // the list's own id of the owner; empty when it has none
    std::vector<std::string> programs = {};  // sorted
    std::vector<std::string> tickers =
        {};                         // sorted; a claim of the list, never what decides the ledger
    std::string address_text = {};  // as the newest snapshot of this stay spells it

    Designation designation = Designation::publication;
    std::optional<Time> designated_on = {};  // set exactly when designation is stated
    Interval published;                      // not listed at `after`, listed at `by`
    std::optional<Interval> removed = {};    // listed at `after`, gone at `by`; none: still there
    Time known_from;  // since when we could know: of the first snapshot with it

    friend bool operator==(const Listing&, const Listing&) = default;
};

}  // namespace wagetrail::lists
