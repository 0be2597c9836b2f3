#include "heuristics/report/flow_export.h"
#include "heuristics/report/path_answer.h"

#include "cli/commands.h"
#include "cli/print.h"
#include "cli/trace_question.h"
#include "cli/write_file.h"

namespace wagetrail::cli {
Outcome run(const CommonOptions& common, const TraceOptions& options, std::stop_token stop) {
    const auto trace = TRY(open_trace(common, options));
    const auto traces = TRY(follow(*trace, common, {.keep_steps = common.json}, stop));
    TRY(print(common, report::trace_answer(manifest_of(*trace, options), trace->question, traces)));
    return verdict_of(trace->question, traces);
}

Outcome run(const CommonOptions& common, const ExportOptions& options, std::stop_token stop) {
    const auto format = report::parse_flow_format(options.format);
    if (!format)
        return fail(ErrorCode::invalid, "unknown --format \"" + options.format +
                                            "\"; the known ones are " +
                                            report::flow_format_names());
    if (options.trace.policies.size() != 1 || options.trace.policies.front() == "all" ||
        options.trace.policies.front() == "poison")
        return fail(ErrorCode::invalid,
                    "a graph shows amounts under one --policy that conserves them");
    const auto trace = TRY(open_trace(common, options.trace));
    const auto traces = TRY(follow(*trace, common, {.keep_steps = true}, stop));
    const std::string graph = report::exported_flow(manifest_of(*trace, options.trace),
                                                    trace->question, traces.front().trace, *format);
    if (options.out.empty())
        TRY(print_text(graph));
    else
        TRY(write_file(options.out, graph));
    return ExitCode::done;
}

Outcome run(const CommonOptions& common, const PathsOptions& options, std::stop_token stop) {
    const auto rank = parse_way_rank(options.rank);
    if (!rank)
        return fail(ErrorCode::invalid, "unknown --rank \"" + options.rank +
                                            "\"; the known ones are value, bottleneck, hops");
    if (options.trace.policies.size() != 1 || options.trace.policies.front() == "all")
        return fail(ErrorCode::invalid, "paths are ranked under one --policy");
    const auto trace = TRY(open_trace(common, options.trace));
    const WayChoice ways{.rank = *rank, .kept = options.count};
    const auto traces = TRY(follow(*trace, common, {.ways = ways}, stop));
    const report::PathRequest request{
        .rank = *rank, .count = options.count, .entities = options.entities};
    TRY(print(common, TRY(report::path_answer(*trace->open.view, *trace->clusters,
                                              manifest_of(*trace, options.trace), trace->question,
                                              traces.front(), request))));
    return verdict_of(trace->question, traces);
}

}  // namespace wagetrail::cli
