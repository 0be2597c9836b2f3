// Which prices a question is answered with.
#pragma once

#include "heuristics/report/envelope.h"

#include "cli/session.h"
#include "cli/tables.h"

namespace wagetrail::cli {

/// Of the file, or, without one, those imported for the ledger's coin as of --known-at; none else.
[[nodiscard]] Expected<PriceTable> prices_for(const CommonOptions& common,
                                              const std::string& file,
                                              LedgerId ledger);

[[nodiscard]] std::optional<report::PricePin> pin_of(const PriceTable& prices);

}  // namespace wagetrail::cli
