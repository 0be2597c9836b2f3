// The answer of `calibrate`: the error card of the change rules.
#pragma once

#include "heuristics/change/calibration.h"
#include "heuristics/report/envelope.h"

#include <string>

namespace wagetrail::report {

/// What was measured with besides the chain: SHA-256 of the tables given; empty for none.
struct CalibrationTables {
    std::string known_sha256;
    std::string prices_sha256;
};

struct CalibrationAnswer {
    Answer answer;
    std::string card;  // what a file keeps: the same JSON, spread over lines
};

[[nodiscard]] CalibrationAnswer calibration_answer(const Manifest& manifest,
                                                   const CalibrationOptions& options,
                                                   const CalibrationTables& tables,
                                                   const Calibration& calibration);

/// One step as a JSON line.
[[nodiscard]] std::string progress_json(const CalibrationProgress& progress);

}  // namespace wagetrail::report
