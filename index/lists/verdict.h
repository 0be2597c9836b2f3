// Was the receiver listed when it was paid? A pure function of an address's listings and four
// times.
//
// How one listing is judged, in this order; a "day" is a UTC day:
//   1. Not known at known_at, or published after as_of: as if it did not exist. A removal after
//      as_of has not happened yet.
//   2. The payment's day is the publication day or later: it was listed (same_day on the day
//   itself),
//      unless removed before. An exact removal day still counts as listed (same_day); a payment
//      after `removed.after` and not after the day of `removed.by` is UNKNOWN when the interval is
//      not exact. Listed and removed since: LISTED_THEN_DELISTED.
//   3. Earlier than the designation day: PRE_DESIGNATION. An address cannot be published before its
//      owner is designated, so the designation bounds the publication from below even when only one
//      snapshot is known. Where publication is the designation (plain lists): not later than
//      `published.after`.
//   4. Not later than `published.after` (the owner was designated, the address was not out):
//      BLOCKED_PERSON_ADDRESS_UNPUBLISHED; UNKNOWN when the designation date is missing.
//   5. Otherwise inside the publication interval: UNKNOWN. That holds for a first snapshot too: it
//      proves that the address was out by then, and nothing of the days between designation and
//      snapshot. We do not assume that an address came out with its owner's designation, because
//      lists add addresses to old entries years later. An older snapshot narrows the interval; a
//      history of the list will (it only adds knowledge of the same kind: absent at, present at).
// A designation later than `published.by` contradicts it (re-designated owners keep their
// addresses) and counts as missing.
//
// Several listings: the first of LISTED_AT_PAYMENT, LISTED_THEN_DELISTED, UNKNOWN,
// BLOCKED_PERSON_ADDRESS_UNPUBLISHED, DELISTED_BEFORE_PAYMENT, PRE_DESIGNATION that one of them
// gives. None: NEVER_LISTED; UNKNOWN without a list, or when the oldest of those asked is older
// than max_age at as_of or at the payment. A stale list does not soften what it does say.
#pragma once

#include "index/lists/listing.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace wagetrail::lists {

enum class VerdictKind : std::uint8_t {
    listed_at_payment,
    listed_then_delisted,
    unknown,
    blocked_person_address_unpublished,
    delisted_before_payment,
    pre_designation,
    never_listed,
};

/// "LISTED_AT_PAYMENT": as answers print it.
/// Whether the payment touched somebody who was listed then, as far as the lists say.
[[nodiscard]] bool is_listed(VerdictKind kind);
[[nodiscard]] std::string_view text(VerdictKind kind);

/// Why a verdict is unknown.
enum class UnknownReason : std::uint8_t {
    none,                  // it is not unknown
    publication_interval,  // the address came out some time around the payment
    removal_interval,      // it was taken off some time around the payment
    designation_missing,   // the address was not out, and nobody says since when its owner is
                           // blocked
    stale_list,            // not on a list that is too old to say so
    no_list,               // no list was known at known_at
};

/// "publication interval": as answers print it; empty for none.
[[nodiscard]] std::string_view text(UnknownReason reason);

inline constexpr std::int64_t kDefaultMaxAgeSeconds = 36 * 3600;

struct VerdictQuestion {
    Time payment;   // of the block that holds it
    Time as_of;     // the state of the world asked about
    Time known_at;  // what was known about it
    std::int64_t max_age_seconds = kDefaultMaxAgeSeconds;
};

struct Verdict {
    VerdictKind kind = VerdictKind::unknown;
    bool same_day = false;  // the payment fell on the day of publication or of removal itself
    UnknownReason reason = UnknownReason::none;
    /// Index of the (first) listing that decided; none: there was no listing to judge.
    std::optional<std::size_t> listing = {};

    friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// listed_until: how far the lists asked reach: the publication time of the newest snapshot, of the
/// oldest list where several were asked (ListView::listed_until); none: there is no list.
[[nodiscard]] Verdict verdict(std::span<const Listing> listings,
                              std::optional<Time> listed_until,
                              const VerdictQuestion& question);

}  // namespace wagetrail::lists
