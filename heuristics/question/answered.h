// An answer with what it comes to, for whoever has to act on it: a shell, a client of the API.
#pragma once

#include "heuristics/report/envelope.h"

#include <cstdint>

namespace wagetrail::question {

enum class Conclusion : std::uint8_t {
    settled,  // answered, and nothing was found
    found,    // value reached what was asked about
    open,     // not on the chain, or the answer has holes that matter
};

struct Answered {
    report::Answer answer;
    Conclusion conclusion = Conclusion::settled;
};

}  // namespace wagetrail::question
