#include "server/routes/list_look_up.h"

namespace wagetrail::server {

std::optional<Result<Answer>> look_up_in_memory(const Service& service,
                                                const Expected<question::ListsCheck>& check,
                                                const TellListing& tell) {
    if (!check) return std::unexpected(Problem(check.error()));
    const auto lists = service.now()->lists;
    if (!lists || !lists->holds_at(check->pins)) return std::nullopt;
    return tell(*lists, *check);
}

Result<Answer> look_up(Service& service,
                       std::size_t worker,
                       const Expected<question::ListsCheck>& check,
                       const TellListing& tell) {
    if (!check) return std::unexpected(Problem(check.error()));
    const lists::Registry& registry = *TRY(service.registry(worker));
    return tell(TRY(lists::TextView::load_one(registry, check->key, check->pins)), *check);
}

}  // namespace wagetrail::server
