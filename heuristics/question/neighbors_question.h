// Whom an address or an entity exchanged value with directly.
#pragma once

#include "heuristics/neighbors.h"
#include "heuristics/question/answered.h"
#include "heuristics/question/home.h"
#include "heuristics/question/pins.h"

#include <cstddef>
#include <stop_token>
#include <string>

namespace wagetrail::question {

struct NeighborsOptions {
    std::string subject;
    NeighborScope scope;  // entities: of the subject's entity too
    std::string cursor;   // empty: from the first
    std::size_t limit = 100;
};

/// Open: not on the chain, or there are more than were looked at.
[[nodiscard]] Expected<Answered> neighbors(Home& home,
                                           const Pins& pins,
                                           const NeighborsOptions& options,
                                           const std::stop_token& stop);

struct LinksOptions {
    std::string from;
    std::string to;
    bool entities = false;  // the entities of both
};

/// The transactions in which value went from one to the other, the oldest 1,000. Open: one is not
/// on the chain, or there are more than were looked at.
[[nodiscard]] Expected<Answered> links(Home& home,
                                       const Pins& pins,
                                       const LinksOptions& options,
                                       const std::stop_token& stop);

}  // namespace wagetrail::question
