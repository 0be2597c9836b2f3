#include "index/lists/import.h"
#include "index/lists/listed_address.h"
#include "index/lists/printable.h"

#include "heuristics/report/affected_answer.h"
#include "heuristics/report/list_answers.h"
#include "heuristics/report/trace_coverage.h"

#include "cli/commands.h"
#include "cli/prices_at_hand.h"
#include "cli/print.h"
#include "cli/session.h"
#include "cli/trace_question.h"

namespace wagetrail::cli {
namespace {

constexpr std::int64_t kDay = 24 * 3600;

/// A day ahead is another time zone's today; more is a slip of the pen.
Expected<Time> publication_date(const std::string& text, Time now) {
    const Time published = TRY(parse_time(text));
    if (published.seconds > now.seconds + kDay)
        return fail(ErrorCode::invalid,
                    "--published " + text + " is in the future: today is " + date_text(now));
    return published;
}

struct Editions {
    lists::Snapshot before;
    lists::Snapshot after;
};

Expected<Edition> edition_of(const CommonOptions& common,
                             OpenTrace& trace,
                             const lists::Snapshot& snapshot) {
    const index::LedgerView& view = *trace.open.view;
    lists::ListView list = TRY(lists::ListView::load(TRY(existing_registry(common)),
                                                     {.ledger = view.ledger(),
                                                      .lists = {snapshot.list},
                                                      .as_of = snapshot.published,
                                                      .known_at = Time{common.now_seconds}}));
    Targets listed = TRY(Targets::listed(view, *trace.clusters, list));
    return Edition{std::move(list), std::move(listed)};
}

Outcome affected(const CommonOptions& common,
                 const ListsDiffOptions& options,
                 const Editions& editions,
                 const std::stop_token& stop) {
    if (editions.before.list != editions.after.list)
        return fail(ErrorCode::invalid, "--affected compares two editions of one list, not " +
                                            editions.before.list + " with " + editions.after.list);
    TraceOptions asked = options.affected;
    asked.to = {"list:" + editions.after.list};
    const auto trace = TRY(open_trace(common, asked));
    const auto traces = TRY(follow(*trace, common, {}, stop));
    const index::LedgerView& view = *trace->open.view;
    Edition before = TRY(edition_of(common, *trace, editions.before));
    Edition after = TRY(edition_of(common, *trace, editions.after));
    report::AffectedQuestion question{.before = editions.before,
                                      .after = editions.after,
                                      .trace = trace->question,
                                      .parts = {},
                                      .prices = nullptr};
    for (const report::PolicyTrace& traced : traces)
        question.parts.push_back(
            {traced.trace, TRY(reconsider(view, traced.trace, before, after))});
    const PriceTable prices = TRY(prices_for(common, options.prices, view.ledger()));
    if (prices.prices) question.prices = &*prices.prices;
    report::Manifest manifest = manifest_of(*trace, asked);
    manifest.prices = pin_of(prices);
    TRY(print(common, report::affected_answer(manifest, question)));
    return report::leaves_open(question.trace.gaps, true) ? ExitCode::unknown : ExitCode::done;
}

}  // namespace

Outcome run(const CommonOptions& common, const ListsImportOptions& options, std::stop_token stop) {
    (void)stop;
    lists::ImportRequest request{
        .list = options.name, .file = options.file, .known_from = Time{common.now_seconds}};
    if (!options.known_from.empty()) request.known_from = TRY(parse_time(options.known_from));
    if (!options.published.empty())
        request.published = TRY(publication_date(options.published, Time{common.now_seconds}));
    request.profile = options.profile;
    if (options.accept_shrink) request.shrink = lists::ShrinkGuard::accept;
    lists::Registry registry =
        TRY(lists::Registry::open(registry_path(common.home), lists::Access::write));
    TRY(print(common, report::import_answer(TRY(lists::import_list(registry, request)))));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const ListsLsOptions& options, std::stop_token stop) {
    (void)stop;
    const auto registry = TRY(open_registry(common));
    std::vector<lists::Snapshot> snapshots;
    if (registry)
        snapshots =
            TRY(options.name.empty() ? registry->snapshots() : registry->snapshots(options.name));
    if (!options.name.empty() && snapshots.empty())
        return fail(ErrorCode::not_found,
                    "no list is called \"" + options.name + "\"; run wagetrail lists ls");
    TRY(print(common, report::snapshots_answer(snapshots)));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const ListsCheckOptions& options, std::stop_token stop) {
    (void)stop;
    const lists::Registry registry = TRY(existing_registry(common));
    if (lists::recognise(options.address).family.empty())
        return fail(ErrorCode::invalid, "\"" + lists::printable_line(options.address) +
                                            "\" is an address of no form we know, or its checksum "
                                            "is wrong; wagetrail lists search finds parts of one");
    const Time now{common.now_seconds};
    report::ListCheck check{
        .address = options.address, .on = {}, .pins = {}, .found = {}, .verdict = {}};
    if (!options.list.empty()) check.pins.lists = {options.list};
    check.pins.as_of = common.as_of.empty() ? now : TRY(parse_moment(common.as_of));
    check.pins.known_at = common.known_at.empty() ? now : TRY(parse_moment(common.known_at));
    check.on = options.on.empty() ? check.pins.as_of : TRY(parse_time(options.on));
    check.found = TRY(lists::listings_of_text(registry, options.address, check.pins));
    check.verdict = lists::verdict(
        check.found.listings, check.found.listed_until,
        {.payment = check.on, .as_of = check.pins.as_of, .known_at = check.pins.known_at});
    TRY(print(common, report::check_answer(check)));
    switch (check.verdict.kind) {
        case lists::VerdictKind::listed_at_payment:
        case lists::VerdictKind::listed_then_delisted:
        case lists::VerdictKind::blocked_person_address_unpublished:
            return ExitCode::found;
        case lists::VerdictKind::unknown:
            return ExitCode::unknown;
        case lists::VerdictKind::delisted_before_payment:
        case lists::VerdictKind::pre_designation:
        case lists::VerdictKind::never_listed:
            return ExitCode::done;
    }
    return ExitCode::failure;
}

Outcome run(const CommonOptions& common, const ListsDiffOptions& options, std::stop_token stop) {
    const lists::Registry registry = TRY(existing_registry(common));
    const lists::Snapshot before = TRY(registry.find(options.before));
    const lists::Snapshot after = TRY(registry.find(options.after));
    if (!options.affected.from.empty()) return affected(common, options, {before, after}, stop);
    const lists::ListDiff diff = TRY(lists::diff(registry, before, after));
    TRY(print(common, report::diff_answer(before, after, diff)));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
