// Who belongs together, since when, why, and what doubting one transaction would change.
#pragma once

#include "heuristics/question/answered.h"
#include "heuristics/question/block_place.h"
#include "heuristics/question/change_level.h"
#include "heuristics/question/home.h"
#include "heuristics/question/pins.h"

#include <cstddef>
#include <stop_token>
#include <string>

namespace wagetrail::question {

struct EntityOptions {
    std::string subject;
    std::string from;  // cursor
    std::size_t limit = 100;
    bool history = false;
    ChangeLevelOptions change;
    BlockPlace source;
};

struct ExplainOptions {
    std::string a;
    std::string b;
    ChangeLevelOptions change;
};

struct CutOptions {
    std::string subject;
    std::string edge;
    std::size_t limit = 20;
};

/// Open: at level L2, when its work limit ended the search.
[[nodiscard]] Expected<Answered> entity(Home& home,
                                        const Pins& pins,
                                        const EntityOptions& options,
                                        const std::stop_token& stop);
[[nodiscard]] Expected<Answered> explain(Home& home,
                                         const Pins& pins,
                                         const ExplainOptions& options,
                                         const std::stop_token& stop);
[[nodiscard]] Expected<Answered> cut(Home& home,
                                     const Pins& pins,
                                     const CutOptions& options,
                                     const std::stop_token& stop);

}  // namespace wagetrail::question
