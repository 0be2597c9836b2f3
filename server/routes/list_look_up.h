// The look-up before a payment: from the lists in memory where those are of the moment asked about,
// else from the registry.
#pragma once

#include "heuristics/question/list_question.h"

#include "server/http/route.h"
#include "server/service.h"

#include <functional>
#include <optional>

namespace wagetrail::server {

/// Says what a view at the pins of the question comes to.
using TellListing =
    std::function<Result<Answer>(const lists::TextView& view, const question::ListsCheck& check)>;

/// nullopt: the lists in memory are of another moment.
[[nodiscard]] std::optional<Result<Answer>> look_up_in_memory(
    const Service& service, const Expected<question::ListsCheck>& check, const TellListing& tell);

[[nodiscard]] Result<Answer> look_up(Service& service,
                                     std::size_t worker,
                                     const Expected<question::ListsCheck>& check,
                                     const TellListing& tell);

}  // namespace wagetrail::server
