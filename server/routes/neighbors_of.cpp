#include "server/routes/neighbors_of.h"

#include "heuristics/question/neighbors_question.h"

#include "server/routes/pins_of.h"

namespace wagetrail::server {

Parameter direction_parameter() {
    return {.name = "direction",
            .kind = Kind::choice,
            .about = "in: who paid it. out: whom it paid.",
            .otherwise = "out",
            .choices = {"in", "out"}};
}

Parameter other_in_path() {
    return text_in_path("other", "Whom it paid: an address, or any of an entity.");
}

NeighborSide side_of(const Call& call) {
    return call.text("direction") == "in" ? NeighborSide::in : NeighborSide::out;
}

Result<Answer> neighbors_answer_of(question::Home& home,
                                   const Call& call,
                                   const std::string& subject,
                                   bool entities,
                                   const std::stop_token& stop) {
    const NeighborScope scope{.side = side_of(call), .entities = entities};
    return answer_of(question::neighbors(home, pins_of(call),
                                         {.subject = subject,
                                          .scope = scope,
                                          .cursor = call.text("cursor"),
                                          .limit = call.number("limit")},
                                         stop));
}

Result<Answer> links_answer_of(question::Home& home,
                               const Call& call,
                               const std::string& subject,
                               bool entities,
                               const std::stop_token& stop) {
    return answer_of(
        question::links(home, pins_of(call),
                        {.from = subject, .to = call.text("other"), .entities = entities}, stop));
}

}  // namespace wagetrail::server
