#include "heuristics/question/replay_question.h"

#include "heuristics/question/exposure_question.h"
#include "heuristics/question/missing_lists.h"
#include "heuristics/report/evidence/replay.h"

namespace wagetrail::question {
namespace {

Pins pins_of(const report::Replay& replay) {
    Pins same{.ledger = std::string(params(replay.ledger).name),
              .as_of = {},
              .known_at = {},
              .level = replay.level,
              .pinned = Pinned{replay.height, replay.asked, replay.lists_as_of}};
    if (replay.known_at) same.known_at = text(*replay.known_at);
    return same;
}

std::string services_of(const report::Replay& replay, const ReplayTables& tables) {
    for (const report::EvidenceFile& file : replay.files)
        if (file.role == "services") return file.name;
    return tables.services;
}

TraceOptions trace_of(const report::Replay& replay, const ReplayTables& tables) {
    TraceOptions trace;
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
    trace.services = services_of(replay, tables);
    return trace;
}

ExposureOptions exposure_of(const report::Replay& replay, const ReplayTables& tables) {
    const unsigned decimals = params(replay.ledger).decimals;
    return {.policies = replay.policies,
            .max_hops = replay.max_hops,
            .min_value = decimal_text(replay.min_value, decimals),
            .dust = decimal_text(replay.dust_floor, decimals),
            .max_transactions = replay.transactions_max,
            .services = services_of(replay, tables),
            .prices = tables.prices,
            .details = replay.details};
}

NamedFiles files_of(const report::Replay& replay) {
    std::deque<NamedFile> files;
    for (const report::EvidenceFile& file : replay.files)
        files.push_back({file.name, file.text, file.sha256});
    return replay.is_bundle ? NamedFiles::sealed(std::move(files)) : NamedFiles();
}

Expected<Answered> asked_again(Home& home,
                               const report::Replay& replay,
                               const ReplayTables& tables,
                               const TraceProgress& progress,
                               const std::stop_token& stop) {
    const Pins pins = pins_of(replay);
    switch (replay.kind) {
        case report::AskedFor::exposure: {
            ExposureDesk desk = TRY(ExposureDesk::open(
                home, pins, replay.ledger, exposure_of(replay, tables), files_of(replay)));
            return desk.ask(replay.from.front(), stop);
        }
        case report::AskedFor::paths:
            return paths(home, pins,
                         {.trace = trace_of(replay, tables),
                          .rank = replay.rank,
                          .count = replay.count,
                          .entities = replay.entities},
                         {.progress = progress}, stop, files_of(replay));
        case report::AskedFor::trace:
            break;
    }
    return trace(home, pins, trace_of(replay, tables), {.keep_steps = true, .progress = progress},
                 stop, files_of(replay));
}

}  // namespace

Expected<Answered> replay(Home& home,
                          std::string_view answer,
                          const ReplayTables& tables,
                          const TraceProgress& progress,
                          const std::stop_token& stop) {
    const report::Replay replay = TRY(report::parse_replay(answer));
    if (!replay.services_sha256.empty() && services_of(replay, tables).empty())
        return fail(ErrorCode::invalid,
                    "the answer was asked with a table of services; name it with --services");
    auto again = asked_again(home, replay, tables, progress, stop);
    if (!again && again.error().code != ErrorCode::not_found) return again;
    report::Replayed replayed;
    if (again) replayed = report::replay_answer(replay, again->answer.json);
    if (again && replayed.same) return Answered{std::move(replayed.answer), Conclusion::settled};
    const std::string missing = TRY(missing_lists(home, replay.lists));
    if (!again) {
        if (missing.empty()) return again;
        return fail(ErrorCode::not_found,
                    again.error().what + "\n" + missing.substr(0, missing.size() - 1));
    }
    replayed.answer.text += missing;
    return Answered{std::move(replayed.answer), Conclusion::found};
}

}  // namespace wagetrail::question
