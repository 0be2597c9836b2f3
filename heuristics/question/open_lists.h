// The sanctions lists a question is asked of, pinned to --as-of and --known-at.
#pragma once

#include "index/lists/list_view.h"

#include "heuristics/question/open_ledger.h"

#include <optional>
#include <string>
#include <vector>

namespace wagetrail::question {

/// Without --as-of and --known-at all that is at hand of these lists counts, also what came out
/// after the ledger's last block. names: empty for all lists. nullopt: no list was ever imported.
/// not_found: one of that name was not.
[[nodiscard]] Expected<std::optional<lists::ListView>> open_lists(
    Home& home, const Pins& pins, const OpenLedger& open, const std::vector<std::string>& names);

}  // namespace wagetrail::question
