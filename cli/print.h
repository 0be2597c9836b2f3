// The one place of the program that writes to stdout.
#pragma once

#include "heuristics/question/answered.h"

#include "cli/exit_code.h"
#include "cli/options.h"

#include <string>

namespace wagetrail::cli {

/// The JSON line or the text, as asked for. io when stdout cannot take it (a full disk, a closed
/// pipe): an answer that did not arrive is no answer.
[[nodiscard]] Expected<void> print(const CommonOptions& common, const report::Answer& answer);
/// The same for what has only one form.
[[nodiscard]] Expected<void> print_text(const std::string& text);

/// The answer, or the error that came instead of it; then what that tells the shell.
[[nodiscard]] Expected<ExitCode> print(const CommonOptions& common,
                                       const Expected<question::Answered>& answered);
[[nodiscard]] ExitCode exit_code(question::Conclusion conclusion);

}  // namespace wagetrail::cli
