// The shapes of bodies and answers, as JSON Schema: server/schemas.json, part of the program.
#pragma once

#include <string_view>

namespace wagetrail::server {

/// An object: name to schema.
[[nodiscard]] std::string_view schemas_json();

}  // namespace wagetrail::server
