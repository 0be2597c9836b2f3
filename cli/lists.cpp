#include "index/lists/import.h"

#include "heuristics/report/list_answers.h"

#include "cli/commands.h"
#include "cli/print.h"
#include "cli/session.h"

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

Outcome run(const CommonOptions& common, const ListsDiffOptions& options, std::stop_token stop) {
    (void)stop;
    const lists::Registry registry = TRY(existing_registry(common));
    const lists::Snapshot before = TRY(registry.find(options.before));
    const lists::Snapshot after = TRY(registry.find(options.after));
    const lists::ListDiff diff = TRY(lists::diff(registry, before, after));
    TRY(print(common, report::diff_answer(before, after, diff)));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
