// The log of reports on disk: "reports.log" in the data directory.
#pragma once

#include "heuristics/report/evidence/report_log.h"

#include <string>
#include <vector>

namespace wagetrail::cli {

/// Empty when there is none. corrupt: the chain of its lines is broken.
[[nodiscard]] Expected<std::vector<report::LoggedReport>> logged_reports(const std::string& home);

/// On disk when it returns. Writers wait for each other. A last line that was never finished is
/// taken away first; a broken chain is an error and stays as it is.
[[nodiscard]] Expected<void> append_to_log(const std::string& home,
                                           Time at,
                                           const std::string& bundle,
                                           const std::string& signer);

}  // namespace wagetrail::cli
