#include "index/lists/import.h"

#include "heuristics/question/list_question.h"
#include "heuristics/question/open_ledger.h"
#include "heuristics/question/prices_at_hand.h"
#include "heuristics/question/trace_question.h"
#include "heuristics/report/affected_answer.h"
#include "heuristics/report/list_answers.h"
#include "heuristics/report/trace_coverage.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"
#include "cli/walk_line.h"

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

Expected<Edition> edition_of(const question::Home& home,
                             Time now,
                             question::OpenTrace& trace,
                             const lists::Snapshot& snapshot) {
    const index::LedgerView& view = *trace.open.view;
    lists::ListView list =
        TRY(lists::ListView::load(TRY(home.existing_registry()), {.ledger = view.ledger(),
                                                                  .lists = {snapshot.list},
                                                                  .as_of = snapshot.published,
                                                                  .known_at = now}));
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
    question::TraceOptions asked = options.affected;
    asked.to = {"list:" + editions.after.list};
    question::Home home = home_of(common);
    WalkLine line(common);
    const auto trace = TRY(question::open_trace(home, common, asked));
    const auto traces = TRY(question::follow(*trace, {.progress = line.progress()}, stop));
    const index::LedgerView& view = *trace->open.view;
    Edition before = TRY(edition_of(home, common.now(), *trace, editions.before));
    Edition after = TRY(edition_of(home, common.now(), *trace, editions.after));
    report::AffectedQuestion question{.before = editions.before,
                                      .after = editions.after,
                                      .trace = trace->question,
                                      .parts = {},
                                      .prices = nullptr};
    for (const report::PolicyTrace& traced : traces)
        question.parts.push_back(
            {traced.trace, TRY(reconsider(view, traced.trace, before, after))});
    const question::PriceTable prices =
        TRY(question::prices_for(home, common, options.prices, view.ledger()));
    if (prices.prices) question.prices = &*prices.prices;
    report::Manifest manifest = question::manifest_of(*trace, asked);
    question::pin_prices(prices, manifest);
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
        TRY(lists::Registry::open(question::registry_path(common.home), lists::Access::write));
    TRY(print(common, report::import_answer(TRY(lists::import_list(registry, request)))));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const ListsLsOptions& options, std::stop_token stop) {
    (void)stop;
    return print(common, question::list_snapshots(home_of(common), options.name));
}

Outcome run(const CommonOptions& common,
            const question::ListsCheckOptions& options,
            std::stop_token stop) {
    (void)stop;
    return print(common, question::check_address(home_of(common), common, options, common.now()));
}

Outcome run(const CommonOptions& common, const ListsDiffOptions& options, std::stop_token stop) {
    const lists::Registry registry = TRY(home_of(common).existing_registry());
    const lists::Snapshot before = TRY(registry.find(options.before));
    const lists::Snapshot after = TRY(registry.find(options.after));
    if (!options.affected.from.empty()) return affected(common, options, {before, after}, stop);
    const lists::ListDiff diff = TRY(lists::diff(registry, before, after));
    TRY(print(common, report::diff_answer(before, after, diff)));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
