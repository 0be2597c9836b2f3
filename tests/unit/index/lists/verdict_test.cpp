#include "index/lists/verdict.h"

#include <catch2/catch.hpp>

#include <vector>

namespace wagetrail::lists {
namespace {

Time day(std::string_view text) {
    const auto time = parse_time(text);
    REQUIRE(time);
    return *time;
}

constexpr Time kNow{1'900'000'000};

VerdictQuestion paid(std::string_view when) {
    return {.payment = day(when), .as_of = kNow, .known_at = kNow};
}

Listing listing(Interval published, std::optional<Time> designated) {
    Listing out{.list = "ofac-sdn", .published = published, .known_from = Time{0}};
    if (designated) {
        out.designation = Designation::stated;
        out.designated_on = designated;
    }
    return out;
}

VerdictKind kind(const Listing& one, std::string_view payment) {
    return verdict(std::vector{one}, kNow, paid(payment)).kind;
}

struct Row {
    std::string_view payment;
    VerdictKind kind;
    bool same_day;
};

void require(const Listing& one, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        CAPTURE(row.payment);
        const Verdict answer = verdict(std::vector{one}, kNow, paid(row.payment));
        CHECK(text(answer.kind) == text(row.kind));
        CHECK(answer.same_day == row.same_day);
        CHECK((answer.reason != UnknownReason::none) == (row.kind == VerdictKind::unknown));
        CHECK(answer.listing == 0U);
    }
}

}  // namespace

TEST_CASE("verdict: Sim Hyon Sop was designated and published on one day", "[lists][verdict]") {
    // One snapshot of a much later day, but a history dates the address to the designation.
    require(listing(Interval::exactly(day("2023-04-24")), day("2023-04-24")),
            {{"2022-03-01T10:00:00Z", VerdictKind::pre_designation, false},
             {"2023-04-23T23:59:59Z", VerdictKind::pre_designation, false},
             {"2023-04-24T00:00:00Z", VerdictKind::listed_at_payment, true},
             {"2023-04-24T23:59:59Z", VerdictKind::listed_at_payment, true},
             {"2023-04-25T00:00:00Z", VerdictKind::listed_at_payment, false},
             {"2025-10-14", VerdictKind::listed_at_payment, false}});
}

TEST_CASE("verdict: two snapshots around Kim Sang Man's listing leave the days between open",
          "[lists][verdict]") {
    require(listing({day("2023-05-20"), day("2023-05-26")}, day("2023-05-23")),
            {{"2021-06-01T12:00:00Z", VerdictKind::pre_designation, false},
             {"2023-05-22T23:59:59Z", VerdictKind::pre_designation, false},
             {"2023-05-23T00:00:00Z", VerdictKind::unknown, false},
             {"2023-05-25T23:59:59Z", VerdictKind::unknown, false},
             {"2023-05-26T00:00:00Z", VerdictKind::listed_at_payment, true},
             {"2023-06-01T00:00:00Z", VerdictKind::listed_at_payment, false}});
}

TEST_CASE("verdict: a snapshot of the designation day decides every payment", "[lists][verdict]") {
    require(listing({std::nullopt, day("2023-05-23")}, day("2023-05-23")),
            {{"2023-05-22T23:59:59Z", VerdictKind::pre_designation, false},
             {"2023-05-23T09:00:00Z", VerdictKind::listed_at_payment, true},
             {"2023-05-24T00:00:00Z", VerdictKind::listed_at_payment, false}});
}

TEST_CASE("verdict: a first snapshot says nothing of the days since the designation",
          "[lists][verdict]") {
    require(listing({std::nullopt, day("2025-10-14")}, day("2023-04-24")),
            {{"2023-04-23T12:00:00Z", VerdictKind::pre_designation, false},
             {"2023-04-24T12:00:00Z", VerdictKind::unknown, false},
             {"2025-10-13T23:59:59Z", VerdictKind::unknown, false},
             {"2025-10-14T12:00:00Z", VerdictKind::listed_at_payment, true}});
}

TEST_CASE("verdict: an address published years after its owner was designated",
          "[lists][verdict]") {
    // Cheil Credit Bank: the bank in 2017, its addresses in November 2025.
    require(listing({day("2025-11-03"), day("2025-11-04")}, day("2017-09-26")),
            {{"2017-09-25T12:00:00Z", VerdictKind::pre_designation, false},
             {"2017-09-26T12:00:00Z", VerdictKind::blocked_person_address_unpublished, false},
             {"2024-07-15T12:00:00Z", VerdictKind::blocked_person_address_unpublished, false},
             {"2025-11-03T00:00:00Z", VerdictKind::blocked_person_address_unpublished, false},
             {"2025-11-03T00:00:01Z", VerdictKind::unknown, false},
             {"2025-11-04T00:00:00Z", VerdictKind::listed_at_payment, true}});
}

TEST_CASE("verdict: Tornado Cash keeps the status of each day", "[lists][verdict]") {
    Listing tornado = listing(Interval::exactly(day("2022-08-08")), day("2022-08-08"));
    tornado.removed = Interval::exactly(day("2025-03-21"));
    require(tornado, {{"2022-08-07T12:00:00Z", VerdictKind::pre_designation, false},
                      {"2022-08-08T12:00:00Z", VerdictKind::listed_then_delisted, true},
                      {"2023-01-01T12:00:00Z", VerdictKind::listed_then_delisted, false},
                      {"2025-03-20T23:59:59Z", VerdictKind::listed_then_delisted, false},
                      {"2025-03-21T12:00:00Z", VerdictKind::listed_then_delisted, true},
                      {"2025-03-22T00:00:00Z", VerdictKind::delisted_before_payment, false},
                      {"2025-06-01T12:00:00Z", VerdictKind::delisted_before_payment, false}});
    // Asked about the world before the removal, it was simply listed.
    VerdictQuestion early = paid("2023-01-01");
    early.as_of = day("2025-01-01");
    REQUIRE(verdict(std::vector{tornado}, kNow, early).kind == VerdictKind::listed_at_payment);
}

TEST_CASE("verdict: a removal seen between two snapshots leaves the days between open",
          "[lists][verdict]") {
    Listing tornado = listing({std::nullopt, day("2024-05-29")}, day("2022-11-08"));
    tornado.removed = Interval{day("2025-03-04"), day("2025-03-21")};
    require(tornado, {{"2025-03-04T23:59:59Z", VerdictKind::listed_then_delisted, false},
                      {"2025-03-05T00:00:00Z", VerdictKind::unknown, false},
                      {"2025-03-21T23:59:59Z", VerdictKind::unknown, false},
                      {"2025-03-22T00:00:00Z", VerdictKind::delisted_before_payment, false}});
    REQUIRE(verdict(std::vector{tornado}, kNow, paid("2025-03-10")).reason ==
            UnknownReason::removal_interval);
}

TEST_CASE("verdict: a plain list's publication is its designation", "[lists][verdict]") {
    require(listing(Interval::exactly(day("2025-02-26")), std::nullopt),
            {{"2025-02-25T23:59:59Z", VerdictKind::pre_designation, false},
             {"2025-02-26T00:00:00Z", VerdictKind::listed_at_payment, true}});
    require(listing({day("2025-02-01"), day("2025-02-26")}, std::nullopt),
            {{"2025-02-01T00:00:00Z", VerdictKind::pre_designation, false},
             {"2025-02-01T00:00:01Z", VerdictKind::unknown, false},
             {"2025-02-26T00:00:00Z", VerdictKind::listed_at_payment, true}});
    require(listing({std::nullopt, day("2025-02-26")}, std::nullopt),
            {{"2011-01-01", VerdictKind::unknown, false},
             {"2025-02-26T00:00:00Z", VerdictKind::listed_at_payment, true}});
}

TEST_CASE("verdict: a missing or contradictory designation is not taken for innocence",
          "[lists][verdict]") {
    Listing missing = listing({day("2024-01-01"), day("2024-02-01")}, std::nullopt);
    missing.designation = Designation::missing;
    REQUIRE(kind(missing, "2023-01-01") == VerdictKind::unknown);
    REQUIRE(verdict(std::vector{missing}, kNow, paid("2023-01-01")).reason ==
            UnknownReason::designation_missing);
    // Designated again in 2025 under a new entry, on the list since 2024.
    const Listing again = listing({day("2024-01-01"), day("2024-02-01")}, day("2025-01-01"));
    REQUIRE(kind(again, "2023-01-01") == VerdictKind::unknown);
    REQUIRE(kind(again, "2024-01-15") == VerdictKind::unknown);
    REQUIRE(kind(again, "2024-06-01") == VerdictKind::listed_at_payment);
}

TEST_CASE("verdict: nothing listed is NEVER_LISTED only on a fresh list", "[lists][verdict]") {
    VerdictQuestion question = paid("2025-10-10");
    question.as_of = day("2025-10-15T12:00:00Z");
    REQUIRE(verdict({}, day("2025-10-14"), question).kind == VerdictKind::never_listed);
    question.as_of.seconds += 1;  // 36 h and a second
    Verdict stale = verdict({}, day("2025-10-14"), question);
    REQUIRE(stale.kind == VerdictKind::unknown);
    REQUIRE(stale.reason == UnknownReason::stale_list);
    question.max_age_seconds = 40 * 3600;
    REQUIRE(verdict({}, day("2025-10-14"), question).kind == VerdictKind::never_listed);
    REQUIRE(verdict({}, std::nullopt, question).reason == UnknownReason::no_list);
}

TEST_CASE("verdict: a list clears no day after it", "[lists][verdict]") {
    VerdictQuestion question = paid("2025-10-20");
    question.as_of = day("2025-10-14");
    const Verdict later = verdict({}, day("2025-10-14"), question);
    REQUIRE(later.kind == VerdictKind::unknown);
    REQUIRE(later.reason == UnknownReason::stale_list);
    question.payment = day("2025-10-15");
    REQUIRE(verdict({}, day("2025-10-14"), question).kind == VerdictKind::never_listed);
}

TEST_CASE("verdict: a stale list does not soften what it says", "[lists][verdict]") {
    const Listing sim = listing(Interval::exactly(day("2023-04-24")), day("2023-04-24"));
    REQUIRE(verdict(std::vector{sim}, day("2023-05-01"), paid("2024-01-01")).kind ==
            VerdictKind::listed_at_payment);
}

TEST_CASE("verdict: what was not known, or not out, at the time asked does not count",
          "[lists][verdict]") {
    Listing sim = listing(Interval::exactly(day("2023-04-24")), day("2023-04-24"));
    sim.known_from = day("2023-04-26");
    VerdictQuestion question{
        .payment = day("2023-04-25"), .as_of = day("2023-04-25"), .known_at = day("2023-04-25")};
    REQUIRE(verdict(std::vector{sim}, day("2023-04-24"), question).kind ==
            VerdictKind::never_listed);
    question.known_at = day("2023-04-26");
    REQUIRE(verdict(std::vector{sim}, day("2023-04-24"), question).kind ==
            VerdictKind::listed_at_payment);
    question.as_of = question.payment = day("2023-04-23");
    REQUIRE(verdict(std::vector{sim}, day("2023-04-22"), question).kind ==
            VerdictKind::never_listed);
}

TEST_CASE("verdict: of several listings the strongest speaks, and says which it is",
          "[lists][verdict]") {
    const Listing listed = listing(Interval::exactly(day("2023-01-01")), day("2023-01-01"));
    Listing delisted = listed;
    delisted.removed = Interval::exactly(day("2023-06-01"));
    const Listing open = listing({day("2022-01-01"), day("2024-01-01")}, day("2020-01-01"));
    const Listing blocked = listing(Interval::exactly(day("2025-01-01")), day("2020-01-01"));
    const Listing later = listing(Interval::exactly(day("2025-01-01")), day("2025-01-01"));
    const VerdictQuestion question = paid("2023-08-01");
    const std::vector<Listing> strongest_last = {later, delisted, blocked, open, listed};
    REQUIRE(verdict(strongest_last, kNow, question).listing == 4U);
    for (std::size_t count = 1; count <= strongest_last.size(); ++count) {
        const std::span<const Listing> some(strongest_last.data(), count);
        REQUIRE(verdict(some, kNow, question).listing == count - 1);
    }
    // Two stays on one list: out between them.
    const Listing back = listing({day("2023-09-01"), day("2023-10-01")}, day("2023-01-01"));
    REQUIRE(verdict(std::vector{delisted, back}, kNow, paid("2023-07-01")).kind ==
            VerdictKind::blocked_person_address_unpublished);
}

TEST_CASE("verdict: the names in answers are fixed", "[lists][verdict]") {
    REQUIRE(text(VerdictKind::listed_at_payment) == "LISTED_AT_PAYMENT");
    REQUIRE(text(VerdictKind::listed_then_delisted) == "LISTED_THEN_DELISTED");
    REQUIRE(text(VerdictKind::unknown) == "UNKNOWN");
    REQUIRE(text(VerdictKind::blocked_person_address_unpublished) ==
            "BLOCKED_PERSON_ADDRESS_UNPUBLISHED");
    REQUIRE(text(VerdictKind::delisted_before_payment) == "DELISTED_BEFORE_PAYMENT");
    REQUIRE(text(VerdictKind::pre_designation) == "PRE_DESIGNATION");
    REQUIRE(text(VerdictKind::never_listed) == "NEVER_LISTED");
}

}  // namespace wagetrail::lists
