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

Expected<ListsCheck> lists_check(const Pins& pins, const ListsCheckOptions& options, Time now) {
    TRY(check_moments(pins, now));
    const lists::ListedAddress recognised = lists::recognise(options.address);
    if (recognised.family.empty())
        return fail(ErrorCode::invalid, "\"" + lists::printable_line(options.address) +
                                            "\" is an address of no form we know, or its checksum "
                                            "is wrong; wagetrail lists search finds parts of one");
    ListsCheck check{.address = options.address, .key = recognised.key};
    if (!options.list.empty()) check.pins.lists = {options.list};
    check.pins.as_of = pins.as_of.empty() ? now : TRY(parse_moment(pins.as_of));
    check.pins.known_at = TRY(known_moment(pins)).value_or(now);
    check.on = options.on.empty() ? check.pins.as_of : TRY(parse_time(options.on));
    return check;
}

Answered check_address(const lists::TextView& view, const ListsCheck& check) {
    const auto listings = view.listings_of(check.key);
    const lists::Verdict verdict = lists::verdict(
        listings, view.listed_until(),
        {.payment = check.on, .as_of = check.pins.as_of, .known_at = check.pins.known_at});
    return {report::check_answer({.address = check.address,
                                  .on = check.on,
                                  .pins = check.pins,
                                  .states = view.states(),
                                  .listings = listings,
                                  .verdict = verdict}),
            conclusion_of(verdict.kind)};
}

Expected<Answered> check_address(const Home& home,
                                 const Pins& pins,
                                 const ListsCheckOptions& options,
                                 Time now) {
    const ListsCheck check = TRY(lists_check(pins, options, now));
    const lists::Registry registry = TRY(home.existing_registry());
    return check_address(TRY(lists::TextView::load_one(registry, check.key, check.pins)), check);
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
