// The bundle for people: one page of HTML without scripts or anything from elsewhere, fit to be
// printed. It shows what the JSON says and adds nothing but the drawing.
#pragma once

#include "heuristics/report/evidence/bundle.h"

#include <string>

namespace wagetrail::report {

/// bundle: the envelope before it names this page.
[[nodiscard]] std::string evidence_html(const Json& bundle, const Evidence& evidence);

/// A row for each arrival under each policy.
[[nodiscard]] std::string arrivals_csv(const Evidence& evidence);

}  // namespace wagetrail::report
