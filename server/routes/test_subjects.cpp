#include "server/routes/test_subjects.h"

#include "heuristics/report/exposure_answer.h"

#include <algorithm>
#include <array>

namespace wagetrail::server {
namespace {

enum class Kind : std::uint8_t {
    listed,
    delisted,
    indirect,
    clean,
    unknown,
    absent,
    wrong,
    overloaded,
};

struct Row {
    std::string_view name;
    Kind kind;
    std::string_view about;
};

constexpr std::array kRows{
    Row{"wagetrail-test-listed", Kind::listed, "It is listed itself, since 2020."},
    Row{"wagetrail-test-delisted", Kind::delisted, "It was listed from 2020 to 2021."},
    Row{"wagetrail-test-indirect", Kind::indirect,
        "A third of what it paid reached a listed party after two hops."},
    Row{"wagetrail-test-clean", Kind::clean, "Nobody known is at its ends."},
    Row{"wagetrail-test-unknown", Kind::unknown,
        "Nothing can be said: no lists, or too old to clear anybody."},
    Row{"wagetrail-test-absent", Kind::absent, "It was never on the chain."},
    Row{"wagetrail-test-wrong", Kind::wrong, "It is refused as no subject."},
    Row{"wagetrail-test-overloaded", Kind::overloaded, "503 with Retry-After."},
};

constexpr const char* kList = "wagetrail-test";
constexpr Time kListed{1'577'836'800};    // 2020-01-01
constexpr Time kDelisted{1'609'459'200};  // 2021-01-01

const Row* row_of(std::string_view name) {
    const auto found = std::ranges::find(kRows, name, &Row::name);
    return found == kRows.end() ? nullptr : &*found;
}

lists::Listing listing(const std::string& name) {
    return {.list = kList,
            .entity = "TEST PARTY",
            .address_text = name,
            .published = lists::Interval::exactly(kListed),
            .known_from = kListed};
}

KnownPlace listed_party() {
    return {.category = labels::Category::sanction, .name = std::string(kList) + ", TEST PARTY"};
}

/// Of a hundred million units, those that reached the party.
report::ExposedSide side(std::uint64_t reached) {
    const Amount total(100'000'000);
    report::ExposedSide exposed;
    SideExposure& exposure = exposed.exposure;
    exposure.total = total;
    exposure.policies = {Policy::fifo, Policy::haircut};
    exposure.fees = {Amount(0), Amount(0)};
    const Amount part(reached);
    const Amount rest(total.units() - reached);
    if (reached > 0)
        exposure.rows.push_back(
            {.place = listed_party(),
             .endings = {{.coin = {.amount = part}, .hops = 2, .amounts = {part, part}}}});
    exposure.elsewhere[StopReason::unspent] = {rest, rest};
    return exposed;
}

report::ExposureQuestion question_of(const Row& row) {
    report::ExposureQuestion question;
    question.subject = row.name;
    question.gaps = {{"TEST_SUBJECT", "a name for tests, not an address of any chain"}};
    if (row.kind == Kind::unknown)
        question.gaps.push_back({"NOBODY_KNOWN", "no list and no label to look for"});
    question.on_chain = row.kind != Kind::absent;
    if (row.kind == Kind::listed)
        question.known = report::KnownSubject{
            .place = listed_party(),
            .verdict = lists::Verdict{.kind = lists::VerdictKind::listed_at_payment}};
    if (row.kind == Kind::unknown || row.kind == Kind::absent) return question;
    question.source = side(0);
    question.destination = side(row.kind == Kind::indirect ? 33'333'333 : 0);
    return question;
}

}  // namespace

bool is_test_subject(std::string_view name) {
    return row_of(name) != nullptr;
}

Result<question::Answered> test_exposure(const std::string& name) {
    const Row* const row = row_of(name);
    if (row == nullptr || row->kind == Kind::wrong)
        return refuse(ProblemCode::bad_parameter, "\"" + name + "\" is no subject");
    if (row->kind == Kind::overloaded) return std::unexpected(overloaded());
    const report::ExposureQuestion question = question_of(*row);
    report::Manifest manifest{.policies = {"fifo", "haircut"}};
    for (const auto& gap : question.gaps) manifest.coverage.push_back(gap.code);
    return question::Answered{report::exposure_answer(manifest, question, nullptr, nullptr)};
}

Result<TestListing> test_listing(const std::string& name, Time on, Time now) {
    const Row* const row = row_of(name);
    if (row == nullptr || row->kind == Kind::wrong)
        return refuse(ProblemCode::bad_parameter,
                      "\"" + name + "\" is an address of no form we know");
    if (row->kind == Kind::overloaded) return std::unexpected(overloaded());
    TestListing found;
    if (row->kind == Kind::listed || row->kind == Kind::delisted)
        found.listings.push_back(listing(name));
    if (row->kind == Kind::delisted)
        found.listings.front().removed = lists::Interval::exactly(kDelisted);
    const auto until = row->kind == Kind::unknown ? std::nullopt : std::optional(now);
    found.verdict =
        lists::verdict(found.listings, until, {.payment = on, .as_of = now, .known_at = now});
    return found;
}

std::string test_subjects_page() {
    std::string page = "| name | answered as |\n|---|---|\n";
    for (const Row& row : kRows)
        page += "| `" + std::string(row.name) + "` | " + std::string(row.about) + " |\n";
    return page;
}

}  // namespace wagetrail::server
