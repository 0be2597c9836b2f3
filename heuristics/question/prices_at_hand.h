// Which prices a question is answered with.
#pragma once

#include "heuristics/question/open_ledger.h"
#include "heuristics/question/tables.h"
#include "heuristics/report/envelope.h"

namespace wagetrail::question {

/// Of the file, or, without one, those imported for the ledger's coin as of --known-at; none else.
[[nodiscard]] Expected<PriceTable> prices_for(Home& home,
                                              const Pins& pins,
                                              const std::string& file,
                                              LedgerId ledger);

/// An answer that used imported prices was known from when they were.
void pin_prices(const PriceTable& prices, report::Manifest& manifest);

}  // namespace wagetrail::question
