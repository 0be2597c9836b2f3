#include "index/write_file.h"

#include "heuristics/question/report_question.h"

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
    question::Home home = home_of(common);
    WalkLine line(common);
    const std::string graph =
        TRY(question::exported(home, common, options.trace, *format, line.progress(), stop));
    if (options.out.empty())
        TRY(print_text(graph));
    else
        TRY(index::write_file(options.out, graph));
    return ExitCode::done;
}

}  // namespace wagetrail::cli
