// The log of the reports made here: one JSON line each, chained by hashes, so that none can be
// changed, taken out or put in later without every following line betraying it. It only grows.
//
//     {"at": time, "bundle": result_id, "number": n, "previous": SHA-256 of the line before,
//      "signer": key or null}
#pragma once

#include "heuristics/report/envelope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail::report {

struct LoggedReport {
    std::uint64_t number = 0;  // from 1
    Time at;
    std::string bundle;  // result_id
    std::string signer;  // empty: not signed
    std::string line;    // as it stands, without its end
    std::string sha256;  // of the line
};

/// The last line may lack its end: the program was stopped while it wrote it. corrupt, with the
/// line: it does not follow from the one before, or is none of ours.
[[nodiscard]] Expected<std::vector<LoggedReport>> read_log(std::string_view log);

/// The line, with its end, that follows the last of these.
[[nodiscard]] std::string next_line(const std::vector<LoggedReport>& before,
                                    Time at,
                                    const std::string& bundle,
                                    const std::string& signer);

[[nodiscard]] Answer log_answer(const std::vector<LoggedReport>& log);

}  // namespace wagetrail::report
