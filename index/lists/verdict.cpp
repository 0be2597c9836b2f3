#include "index/lists/verdict.h"

#include "chain/base/expected.h"

#include <array>

namespace wagetrail::lists {
namespace {

constexpr std::array<std::string_view, 7> kKinds = {
    "LISTED_AT_PAYMENT",
    "LISTED_THEN_DELISTED",
    "UNKNOWN",
    "BLOCKED_PERSON_ADDRESS_UNPUBLISHED",
    "DELISTED_BEFORE_PAYMENT",
    "PRE_DESIGNATION",
    "NEVER_LISTED",
};
constexpr std::array<std::string_view, 6> kReasons = {
    "", "publication interval", "removal interval", "designation missing", "stale list", "no list",
};

Verdict certain(VerdictKind kind, bool same_day = false) {
    return {.kind = kind, .same_day = same_day};
}

Verdict unknown(UnknownReason reason) {
    return {.reason = reason};
}

/// The address was on the list by the payment's day.
Verdict after_publication(const Listing& listing, const VerdictQuestion& question) {
    const Time day = day_start(question.payment);
    const bool first_day = day == day_start(listing.published.by);
    if (!listing.removed || listing.removed->by > question.as_of)
        return certain(VerdictKind::listed_at_payment, first_day);
    const Interval& removed = *listing.removed;
    if (day > day_start(removed.by)) return certain(VerdictKind::delisted_before_payment);
    if (removed.exact()) {
        const bool last_day = day == day_start(removed.by);
        return certain(VerdictKind::listed_then_delisted, first_day || last_day);
    }
    // Present in a snapshot of that day or a later one: it was listed on the day, whatever came
    // next.
    if (removed.after && day <= day_start(*removed.after))
        return certain(VerdictKind::listed_then_delisted, first_day);
    return unknown(UnknownReason::removal_interval);
}

/// The address is not known to have been on the list by the payment's day.
Verdict before_publication(const Listing& listing, const VerdictQuestion& question) {
    const Interval& published = listing.published;
    const bool absent =
        published.exact() || (published.after && question.payment <= *published.after);
    if (listing.designation == Designation::publication)
        return absent ? certain(VerdictKind::pre_designation)
                      : unknown(UnknownReason::publication_interval);
    if (!listing.designated_on || day_start(*listing.designated_on) > day_start(published.by))
        return unknown(absent ? UnknownReason::designation_missing
                              : UnknownReason::publication_interval);
    if (day_start(question.payment) < day_start(*listing.designated_on))
        return certain(VerdictKind::pre_designation);
    return absent ? certain(VerdictKind::blocked_person_address_unpublished)
                  : unknown(UnknownReason::publication_interval);
}

std::optional<Verdict> verdict_of(const Listing& listing, const VerdictQuestion& question) {
    if (listing.known_from > question.known_at || listing.published.by > question.as_of)
        return std::nullopt;
    return day_start(question.payment) >= day_start(listing.published.by)
               ? after_publication(listing, question)
               : before_publication(listing, question);
}

}  // namespace

bool is_listed(VerdictKind kind) {
    switch (kind) {
        case VerdictKind::listed_at_payment:
        case VerdictKind::listed_then_delisted:
        case VerdictKind::blocked_person_address_unpublished:
            return true;
        case VerdictKind::unknown:
        case VerdictKind::delisted_before_payment:
        case VerdictKind::pre_designation:
        case VerdictKind::never_listed:
            return false;
    }
    return false;
}

std::string_view text(VerdictKind kind) {
    const auto index = static_cast<std::size_t>(kind);
    CHECK(index < kKinds.size());
    return kKinds[index];
}

std::string_view text(UnknownReason reason) {
    const auto index = static_cast<std::size_t>(reason);
    CHECK(index < kReasons.size());
    return kReasons[index];
}

Verdict verdict(std::span<const Listing> listings,
                std::optional<Time> listed_until,
                const VerdictQuestion& question) {
    std::optional<Verdict> strongest;  // the enumerators of VerdictKind stand in order of strength
    for (std::size_t i = 0; i < listings.size(); ++i) {
        auto one = verdict_of(listings[i], question);
        if (!one || (strongest && strongest->kind <= one->kind)) continue;
        one->listing = i;
        strongest = one;
    }
    if (strongest) return *strongest;
    if (!listed_until) return unknown(UnknownReason::no_list);
    // A list says nothing about days after it: neither the one asked about nor that of the payment.
    const Time asked = std::max(question.as_of, question.payment);
    if (asked.seconds - listed_until->seconds > question.max_age_seconds)
        return unknown(UnknownReason::stale_list);
    return certain(VerdictKind::never_listed);
}

}  // namespace wagetrail::lists
