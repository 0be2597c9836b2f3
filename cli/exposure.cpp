#include "heuristics/question/exposure_question.h"
#include "heuristics/question/tables.h"
#include "heuristics/question/trace_question.h"
#include "heuristics/report/exposure_answer.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"

namespace wagetrail::cli {
namespace {

Expected<std::vector<std::string>> subjects_of(const ExposureOptions& options) {
    std::vector<std::string> subjects = options.subjects;
    if (!options.file.empty()) {
        const std::string text = TRY(question::table_text(options.file));
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            std::string line = text.substr(at, end - at);
            if (line.ends_with('\r')) line.pop_back();
            if (!line.empty()) subjects.push_back(std::move(line));
            at = end + 1;
        }
    }
    if (subjects.empty())
        return fail(ErrorCode::invalid, "name a subject, or a --file with one on each line");
    return subjects;
}

}  // namespace

/// Of a batch, found goes before whatever came first; a subject that is none is answered as such.
Outcome run(const CommonOptions& common, const ExposureOptions& options, std::stop_token stop) {
    const std::vector<std::string> subjects = TRY(subjects_of(options));
    question::Home home = home_of(common);
    const LedgerId ledger = TRY(question::ledger_of(home, common, subjects, {}));
    question::ExposureDesk desk =
        TRY(question::ExposureDesk::open(home, common, ledger, options.asked));
    if (subjects.size() == 1) return print(common, desk.ask(subjects.front(), stop));
    ExitCode worst = ExitCode::done;
    for (const std::string& subject : subjects) {
        const auto answered = desk.ask(subject, stop);
        const bool is_wrong = !answered && answered.error().code == ErrorCode::invalid;
        if (is_wrong) TRY(print(common, report::refused_subject(subject, answered.error())));
        const ExitCode code = is_wrong ? ExitCode::usage : TRY(print(common, answered));
        if (code == ExitCode::found || worst == ExitCode::done) worst = code;
    }
    return worst;
}

}  // namespace wagetrail::cli
