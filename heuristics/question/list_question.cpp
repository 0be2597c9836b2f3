#include "heuristics/question/list_question.h"

#include "index/lists/listed_address.h"
#include "index/lists/printable.h"

#include "heuristics/report/list_answers.h"

namespace wagetrail::question {
namespace {

Conclusion conclusion_of(lists::VerdictKind kind) {
    if (lists::is_listed(kind)) return Conclusion::found;
    return kind == lists::VerdictKind::unknown ? Conclusion::open : Conclusion::settled;
}

}  // namespace

Expected<Answered> check_address(const Home& home,
                                 const Pins& pins,
                                 const ListsCheckOptions& options,
                                 Time now) {
    return check_address(TRY(home.existing_registry()), pins, options, now);
}

Expected<Answered> check_address(const lists::Registry& registry,
                                 const Pins& pins,
                                 const ListsCheckOptions& options,
                                 Time now) {
    if (lists::recognise(options.address).family.empty())
        return fail(ErrorCode::invalid, "\"" + lists::printable_line(options.address) +
                                            "\" is an address of no form we know, or its checksum "
                                            "is wrong; wagetrail lists search finds parts of one");
    report::ListCheck check{
        .address = options.address, .on = {}, .pins = {}, .found = {}, .verdict = {}};
    if (!options.list.empty()) check.pins.lists = {options.list};
    check.pins.as_of = pins.as_of.empty() ? now : TRY(parse_moment(pins.as_of));
    check.pins.known_at = TRY(known_moment(pins)).value_or(now);
    check.on = options.on.empty() ? check.pins.as_of : TRY(parse_time(options.on));
    check.found = TRY(lists::listings_of_text(registry, options.address, check.pins));
    check.verdict = lists::verdict(
        check.found.listings, check.found.listed_until,
        {.payment = check.on, .as_of = check.pins.as_of, .known_at = check.pins.known_at});
    return Answered{report::check_answer(check), conclusion_of(check.verdict.kind)};
}

Expected<Answered> list_snapshots(const Home& home, const std::string& name) {
    const auto registry = TRY(home.registry());
    std::vector<lists::Snapshot> snapshots;
    if (registry) snapshots = TRY(name.empty() ? registry->snapshots() : registry->snapshots(name));
    if (!name.empty() && snapshots.empty())
        return fail(ErrorCode::not_found,
                    "no list is called \"" + name + "\"; run wagetrail lists ls");
    return Answered{report::snapshots_answer(snapshots)};
}

}  // namespace wagetrail::question
