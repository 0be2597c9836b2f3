// Direct counterparties, as several routes ask for them.
#pragma once

#include "heuristics/neighbors.h"
#include "heuristics/question/home.h"

#include "server/http/route.h"

namespace wagetrail::server {

[[nodiscard]] Parameter direction_parameter();
[[nodiscard]] Parameter other_in_path();
[[nodiscard]] NeighborSide side_of(const Call& call);

/// Of a subject, by the parameters direction, cursor and limit.
[[nodiscard]] Result<Answer> neighbors_answer_of(question::Home& home,
                                                 const Call& call,
                                                 const std::string& subject,
                                                 bool entities,
                                                 const std::stop_token& stop);

/// The transactions between two of a ledger, by the parameter other.
[[nodiscard]] Result<Answer> links_answer_of(question::Home& home,
                                             const Call& call,
                                             const std::string& subject,
                                             bool entities,
                                             const std::stop_token& stop);

}  // namespace wagetrail::server
