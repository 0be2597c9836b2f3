// The routes of the server itself. Answered from memory: they must not wait behind questions.
#pragma once

#include "server/http/route.h"

#include <functional>
#include <string>
#include <vector>

namespace wagetrail::server {

struct OwnTexts {
    std::function<std::string()> metrics;
    std::function<std::string()> open_api;
};

[[nodiscard]] std::vector<Route> own_routes(const OwnTexts& texts);

}  // namespace wagetrail::server
