// The route table in two other forms.
#pragma once

#include "server/http/route.h"

#include <span>
#include <string>

namespace wagetrail::server {

/// OpenAPI 3.1, canonical JSON.
[[nodiscard]] std::string open_api(std::span<const Route> routes);
/// The part of server/API.md that is made from the table: Markdown.
[[nodiscard]] std::string api_page(std::span<const Route> routes);

}  // namespace wagetrail::server
