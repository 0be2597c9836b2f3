// The commands that only ask: each is one question and one print.
#include "heuristics/question/entity_question.h"
#include "heuristics/question/show_question.h"
#include "heuristics/question/state_question.h"
#include "heuristics/question/trace_question.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"
#include "cli/walk_line.h"

namespace wagetrail::cli {
namespace {

/// question: of heuristics/question, of a home, pins, options and a stop token.
template <class Question, class Options>
Outcome ask(const Question& question,
            const CommonOptions& common,
            const Options& options,
            const std::stop_token& stop) {
    question::Home home = home_of(common);
    return print(common, question(home, common, options, stop));
}

}  // namespace

Outcome run(const CommonOptions& common, const StatusOptions& options, std::stop_token stop) {
    (void)stop;
    question::Home home = home_of(common);
    return print(common, question::status(home, options.ledger, common.now()));
}

Outcome run(const CommonOptions& common,
            const question::ShowOptions& options,
            std::stop_token stop) {
    (void)stop;
    question::Home home = home_of(common);
    return print(common, question::show(home, common, options));
}

Outcome run(const CommonOptions& common,
            const question::EntityOptions& options,
            std::stop_token stop) {
    return ask(question::entity, common, options, stop);
}

Outcome run(const CommonOptions& common,
            const question::ExplainOptions& options,
            std::stop_token stop) {
    return ask(question::explain, common, options, stop);
}

Outcome run(const CommonOptions& common,
            const question::CutOptions& options,
            std::stop_token stop) {
    return ask(question::cut, common, options, stop);
}

Outcome run(const CommonOptions& common,
            const question::TraceOptions& options,
            std::stop_token stop) {
    question::Home home = home_of(common);
    WalkLine line(common);
    return print(common,
                 question::trace(home, common, options,
                                 {.keep_steps = common.json, .progress = line.progress()}, stop));
}

Outcome run(const CommonOptions& common,
            const question::PathsOptions& options,
            std::stop_token stop) {
    question::Home home = home_of(common);
    WalkLine line(common);
    return print(common,
                 question::paths(home, common, options, {.progress = line.progress()}, stop));
}

}  // namespace wagetrail::cli
