// The answer to a search: what a pasted text is, and on which ledgers it is found.
#pragma once

#include "index/lists/search.h"

#include "heuristics/report/envelope.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wagetrail::report {

enum class MatchedThing : std::uint8_t {
    address,
    entity,
    transaction,
    output,
    block,
    descriptor,  // or an extended key: a wallet that may be on any ledger
};
[[nodiscard]] std::string_view name(MatchedThing thing);

struct SearchMatch {
    MatchedThing thing = MatchedThing::address;
    LedgerId ledger = LedgerId::btc;
    std::string id;  // as a question names it
    bool on_chain = true;
};

struct SearchFindings {
    std::string text;
    std::vector<SearchMatch> matches;       // by ledger
    std::vector<lists::SearchHit> parties;  // of lists
};

[[nodiscard]] Answer search_answer(const Manifest& manifest, const SearchFindings& findings);

}  // namespace wagetrail::report
