// How answers write labels. Used inside heuristics/report only.
#pragma once

#include "index/labels/label_view.h"

#include "heuristics/report/json.h"

#include <span>
#include <string>

namespace wagetrail::report {

[[nodiscard]] Json label_json(const labels::Label& label);
[[nodiscard]] Json labels_json(std::span<const labels::Label> labels);
/// A line for each, and one more when they contradict each other; empty for none.
[[nodiscard]] std::string labels_text(std::span<const labels::Label> labels);

}  // namespace wagetrail::report
