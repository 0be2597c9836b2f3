#include "server/routes/pins_of.h"

namespace wagetrail::server {

Parameter text_in_path(const char* name, const char* about) {
    return {.name = name, .in = In::path, .about = about};
}

Parameter ledger_in_path() {
    Parameter ledger{.name = "ledger",
                     .in = In::path,
                     .kind = Kind::choice,
                     .about = "A ledger that is indexed."};
    for (const LedgerParams& each : all_ledgers()) ledger.choices.emplace_back(each.name);
    return ledger;
}

Parameter as_of_parameter() {
    return {.name = "as_of", .about = "Height, date or time (UTC) that the answer is as of."};
}

Parameter known_at_parameter() {
    return {.name = "known_at",
            .about = "Date or time (UTC): use lists, labels and prices as known by then."};
}

Parameter level_parameter() {
    return {.name = "level",
            .kind = Kind::choice,
            .about = "How much belongs together: L0 by key, L1 also by common payments.",
            .otherwise = "L1",
            .choices = {"L0", "L1"}};
}

Parameter limit_parameter(const char* otherwise) {
    return {.name = "limit",
            .kind = Kind::number,
            .about = "How many rows at most.",
            .otherwise = otherwise,
            .min = 1,
            .max = 1'000};
}

Parameter cursor_parameter() {
    return {.name = "cursor", .about = "Where the page before said that this one starts."};
}

question::Pins pins_of(const Call& call) {
    question::Pins pins{.ledger = call.text("ledger"),
                        .as_of = call.text("as_of"),
                        .known_at = call.text("known_at")};
    if (!call.text("level").empty()) pins.level = call.text("level");
    return pins;
}

question::Pins pins_of(BodyFields& body) {
    question::Pins pins;
    body.read("ledger", pins.ledger);
    body.read("as_of", pins.as_of);
    body.read("known_at", pins.known_at);
    body.read("level", pins.level);
    return pins;
}

Result<Answer> answer_of(Expected<question::Answered> answered) {
    if (!answered) return std::unexpected(Problem(answered.error()));
    return Answer{.body = std::move(answered->answer.json) + "\n"};
}

}  // namespace wagetrail::server
