#include "heuristics/question/replay_question.h"
#include "heuristics/question/tables.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"
#include "cli/walk_line.h"

namespace wagetrail::cli {

Outcome run(const CommonOptions& common, const ReplayOptions& options, std::stop_token stop) {
    const std::string answer = TRY(question::table_text(options.file));
    question::Home home = home_of(common);
    WalkLine line(common);
    auto replayed =
        question::replay(home, answer, {.services = options.services, .prices = options.prices},
                         line.progress(), stop);
    if (!replayed && replayed.error().code == ErrorCode::invalid)
        return with_context(std::move(replayed).error(), options.file);
    return print(common, replayed);
}

}  // namespace wagetrail::cli
