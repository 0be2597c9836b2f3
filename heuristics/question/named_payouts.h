// A word that says what is followed: a subject on the chain, or a file that names some.
#pragma once

#include "heuristics/question/named_files.h"
#include "heuristics/trace/subjects.h"

#include <string>

namespace wagetrail::question {

/// As payouts_of and, for a file, payouts_of_table. invalid: it looks like a file's name and there
/// is none.
[[nodiscard]] Expected<Payouts> named_payouts(const index::LedgerView& view,
                                              Clusters& clusters,
                                              NamedFiles& files,
                                              const std::string& word,
                                              const SubjectScope& scope);

}  // namespace wagetrail::question
