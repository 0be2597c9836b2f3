// The pins of a question, as every route takes them.
#pragma once

#include "heuristics/question/answered.h"
#include "heuristics/question/pins.h"

#include "server/http/route.h"
#include "server/routes/body_fields.h"

namespace wagetrail::server {

/// ledger and address of the path; then those of the query.
[[nodiscard]] Parameter ledger_in_path();
[[nodiscard]] Parameter as_of_parameter();
[[nodiscard]] Parameter known_at_parameter();
[[nodiscard]] Parameter level_parameter();
[[nodiscard]] Parameter limit_parameter(const char* otherwise);
[[nodiscard]] Parameter cursor_parameter();
[[nodiscard]] Parameter text_in_path(const char* name, const char* about);

[[nodiscard]] question::Pins pins_of(const Call& call);
/// ledger, as_of, known_at, level.
[[nodiscard]] question::Pins pins_of(BodyFields& body);

/// The envelope as the command line prints it.
[[nodiscard]] Result<Answer> answer_of(Expected<question::Answered> answered);

}  // namespace wagetrail::server
