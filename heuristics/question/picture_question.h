// A picture of where value went, and of whom those on the way dealt with besides. Everything that
// is in it follows from the options, so a picture can be asked for again, shared and kept as its
// options.
#pragma once

#include "heuristics/neighbors.h"
#include "heuristics/question/trace_question.h"

#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

namespace wagetrail::question {

/// A node that the asker wants to see more beside.
struct OpenedNode {
    enum class What : std::uint8_t {
        traced,    // more of those that its traced value went to (backward: came from)
        contacts,  // the largest of those that it dealt with
    };

    std::string id;
    What what = What::traced;
    NeighborSide side = NeighborSide::out;  // of contacts
    std::size_t first = 12;
};

struct PictureOptions {
    TraceOptions trace;               // from may be empty: then only what is opened is drawn
    std::vector<std::string> around;  // addresses or entities that are drawn in any case
    std::string level = "entity";     // address, entity, transaction
    std::string across = "hops";      // hops, time
    std::vector<OpenedNode> opened;   // in the order of opening
    std::size_t nodes = 120;
    std::size_t beside_each = 8;
};

/// Whether anything is followed, or looked for beside what is named. Fails as the answer would,
/// wherever that is known before.
[[nodiscard]] Expected<bool> needs_walk(Home& home,
                                        const Pins& pins,
                                        const PictureOptions& options,
                                        const NamedFiles& files);

/// invalid: unknown words, a policy that does not conserve, nothing to draw. Found and open are of
/// the trace.
[[nodiscard]] Expected<Answered> picture(Home& home,
                                         const Pins& pins,
                                         const PictureOptions& options,
                                         const Following& following,
                                         const std::stop_token& stop,
                                         NamedFiles files = {});

}  // namespace wagetrail::question
