#include "heuristics/report/evidence/replay.h"

#include "heuristics/question/tables.h"
#include "heuristics/question/trace_question.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"
#include "cli/walk_line.h"

namespace wagetrail::cli {
namespace {

CommonOptions pinned(const CommonOptions& common, const report::Replay& replay) {
    CommonOptions same = common;
    same.ledger = params(replay.ledger).name;
    same.level = replay.level;
    same.pinned = question::Pinned{replay.height, replay.asked, replay.lists_as_of};
    if (replay.known_at) same.known_at = text(*replay.known_at);
    return same;
}

question::TraceOptions question_of(const report::Replay& replay, const ReplayOptions& options) {
    question::TraceOptions trace;
    trace.from = replay.from;
    trace.to = replay.to;
    trace.policies = replay.policies;
    trace.max_hops = replay.max_hops;
    trace.min_value = decimal_text(replay.min_value, params(replay.ledger).decimals);
    trace.max_transactions = replay.transactions_max;
    trace.through_coinjoins = replay.through_coinjoins;
    trace.gap = replay.descriptor_gap;
    trace.backward = replay.backward;
    trace.no_labels = replay.without_labels;
    trace.busy_transactions = replay.busy_transactions;
    trace.busy_addresses = replay.busy_addresses;
    trace.services = options.services;
    for (const report::EvidenceFile& file : replay.files)
        if (file.role == "services") trace.services = file.name;
    return trace;
}

question::NamedFiles files_of(const report::Replay& replay) {
    std::deque<question::NamedFile> files;
    for (const report::EvidenceFile& file : replay.files)
        files.push_back({file.name, file.text, file.sha256});
    return replay.is_bundle ? question::NamedFiles::sealed(std::move(files))
                            : question::NamedFiles();
}

}  // namespace

Outcome run(const CommonOptions& common, const ReplayOptions& options, std::stop_token stop) {
    auto replay = report::parse_replay(TRY(question::table_text(options.file)));
    if (!replay) return with_context(std::move(replay).error(), options.file);
    const question::TraceOptions question = question_of(*replay, options);
    if (!replay->services_sha256.empty() && question.services.empty())
        return fail(ErrorCode::invalid,
                    "the answer was asked with a table of services; name it with --services");
    const CommonOptions same = pinned(common, *replay);
    question::Home home = home_of(common);
    WalkLine line(common);
    const auto trace = TRY(question::open_trace(home, same, question, files_of(*replay)));
    const auto traces =
        TRY(question::follow(*trace, {.keep_steps = true, .progress = line.progress()}, stop));
    const report::Answer again =
        report::trace_answer(question::manifest_of(*trace, question), trace->question, traces);
    const report::Replayed replayed = report::replay_answer(*replay, again.json);
    TRY(print(common, replayed.answer));
    return replayed.same ? ExitCode::done : ExitCode::found;
}

}  // namespace wagetrail::cli
