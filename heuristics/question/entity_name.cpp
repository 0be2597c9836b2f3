#include "heuristics/question/entity_name.h"

namespace wagetrail::question {

EntityName split_entity_name(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return {std::nullopt, text};
    const auto ledger = parse_ledger(text.substr(0, colon));
    if (!ledger) return {std::nullopt, text};
    return {*ledger, text.substr(colon + 1)};
}

}  // namespace wagetrail::question
