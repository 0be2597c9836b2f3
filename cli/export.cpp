#include "index/write_file.h"

#include "heuristics/question/trace_question.h"
#include "heuristics/report/flow_export.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"
#include "cli/walk_line.h"

namespace wagetrail::cli {
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
    question::Home home = home_of(common);
    WalkLine line(common);
    const auto trace = TRY(question::open_trace(home, common, options.trace));
    const auto traces =
        TRY(question::follow(*trace, {.keep_steps = true, .progress = line.progress()}, stop));
    const std::string graph = report::exported_flow(question::manifest_of(*trace, options.trace),
                                                    trace->question, traces.front().trace, *format);
    if (options.out.empty())
        TRY(print_text(graph));
    else
        TRY(index::write_file(options.out, graph));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
