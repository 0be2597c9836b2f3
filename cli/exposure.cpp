#include "heuristics/question/exposure_question.h"
#include "heuristics/question/tables.h"
#include "heuristics/question/trace_question.h"
#include "heuristics/report/exposure_answer.h"

#include "cli/commands.h"
#include "cli/home.h"
#include "cli/print.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace wagetrail::cli {
namespace {

struct Subjects {
    std::vector<std::string> names;
    std::vector<std::uint64_t> lines;  // of those from a file, the last of the names
};

Expected<Subjects> subjects_of(const ExposureOptions& options) {
    Subjects subjects{.names = options.subjects, .lines = {}};
    if (!options.file.empty()) {
        const std::string text = TRY(question::table_text(options.file));
        std::uint64_t number = 0;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            std::string line = text.substr(at, end - at);
            if (line.ends_with('\r')) line.pop_back();
            ++number;
            if (!line.empty()) {
                subjects.names.push_back(std::move(line));
                subjects.lines.push_back(number);
            }
            at = end + 1;
        }
    }
    if (subjects.names.empty())
        return fail(ErrorCode::invalid, "name a subject, or a --file with one on each line");
    return subjects;
}

/// Subjects that are none: as JSON each has its line of the answer; for people the first are named
/// and the rest counted. Gathered, since a file of something else has nothing but these.
class Refusals {
  public:
    explicit Refusals(const CommonOptions& common) : common_(common) {}

    Expected<void> add(const std::string& subject,
                       const Error& error,
                       std::optional<std::uint64_t> line) {
        last_ = line;
        if (++count_ > kShown && !common_.json) return {};
        const report::Answer refused = report::refused_subject(subject, error, line);
        waiting_ += common_.json ? refused.json + "\n" : refused.text;
        return waiting_.size() < kGathered ? Expected<void>() : print_waiting();
    }
    /// Before any other answer, so that they stay in order.
    Expected<void> print_waiting() {
        if (waiting_.empty()) return {};
        TRY(print_text(waiting_));
        waiting_.clear();
        return {};
    }
    Expected<void> finish() {
        if (count_ > kShown && !common_.json)
            waiting_ += "and " + std::to_string(count_ - kShown) + " more are no subjects" +
                        (last_ ? ", the last of them line " + std::to_string(*last_) : "") +
                        "; --json names them all\n";
        return print_waiting();
    }

  private:
    static constexpr std::uint64_t kShown = 20;
    static constexpr std::size_t kGathered = std::size_t{64} << 10U;

    const CommonOptions& common_;
    std::string waiting_;
    std::uint64_t count_ = 0;
    std::optional<std::uint64_t> last_;
};

}  // namespace

/// Of a batch, found goes before whatever came first; a subject that is none is answered as such.
Outcome run(const CommonOptions& common, const ExposureOptions& options, std::stop_token stop) {
    const Subjects subjects = TRY(subjects_of(options));
    const std::vector<std::string>& names = subjects.names;
    question::Home home = home_of(common);
    const LedgerId ledger = TRY(question::ledger_of(home, common, names, {}));
    question::ExposureDesk desk =
        TRY(question::ExposureDesk::open(home, common, ledger, options.asked));
    if (names.size() == 1) return print(common, desk.ask(names.front(), stop));
    const std::size_t first_line = names.size() - subjects.lines.size();
    Refusals refusals(common);
    ExitCode worst = ExitCode::done;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto answered = desk.ask(names[i], stop);
        ExitCode code = ExitCode::usage;
        if (!answered && answered.error().code == ErrorCode::invalid) {
            TRY(refusals.add(
                names[i], answered.error(),
                i < first_line ? std::nullopt : std::optional(subjects.lines[i - first_line])));
        } else {
            TRY(refusals.print_waiting());
            code = TRY(print(common, answered));
        }
        if (code == ExitCode::found || worst == ExitCode::done) worst = code;
    }
    TRY(refusals.finish());
    return worst;
}

}  // namespace wagetrail::cli
