// An answer asked again, pinned as it was.
#pragma once

#include "heuristics/question/answered.h"
#include "heuristics/question/home.h"
#include "heuristics/question/trace_question.h"

#include <stop_token>
#include <string>
#include <string_view>

namespace wagetrail::question {

/// Tables that a plain answer was asked with; a bundle brings its own.
struct ReplayTables {
    std::string services;  // file
    std::string prices;    // file; empty: those imported
};

/// answer: the bytes of a bundle, or of an answer of trace, paths or exposure. Settled: the same,
/// byte for byte. Found: it differs.
[[nodiscard]] Expected<Answered> replay(Home& home,
                                        std::string_view answer,
                                        const ReplayTables& tables,
                                        const TraceProgress& progress,
                                        const std::stop_token& stop);

}  // namespace wagetrail::question
