// What a word stands for on the chain: an address, a transaction, a block.
#pragma once

#include "heuristics/question/answered.h"
#include "heuristics/question/home.h"
#include "heuristics/question/pins.h"

#include <cstddef>
#include <string>

namespace wagetrail::question {

struct ShowOptions {
    std::string subject;
    bool history = false;
    std::string cursor;
    std::size_t limit = 25;
};

/// Open: nothing of that name is on the chain.
[[nodiscard]] Expected<Answered> show(Home& home, const Pins& pins, const ShowOptions& options);

}  // namespace wagetrail::question
