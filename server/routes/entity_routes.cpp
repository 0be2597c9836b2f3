#include "heuristics/question/entity_question.h"

#include "server/routes/neighbors_of.h"
#include "server/routes/pins_of.h"
#include "server/routes/routes.h"

namespace wagetrail::server {
namespace {

Result<Answer> entity(Service& service,
                      const Call& call,
                      const std::stop_token& stop,
                      const std::string& subject,
                      bool merges) {
    const auto generation = service.now();
    question::EntityOptions options;
    options.subject = subject;
    options.from = call.text("cursor");
    options.limit = call.number("limit");
    options.history = call.flag("history") || merges;
    return answer_of(question::entity(generation->home, pins_of(call), options, stop));
}

/// About the entity that a parameter names.
Handler asks(Service& service, const char* subject, bool merges = false) {
    return [&service, subject, merges](const Call& call,
                                       const std::stop_token& stop) -> Result<Answer> {
        return entity(service, call, stop, call.text(subject), merges);
    };
}

}  // namespace

std::vector<Route> entity_routes(Service& service) {
    const Parameter history{.name = "history",
                            .kind = Kind::flag,
                            .about = "The merges that made it instead of its members.",
                            .otherwise = "false"};
    const Parameter id =
        text_in_path("id", "An entity id (LEDGER:ADDRESS) as answers name it, or any member.");
    return {
        {.path = "/v1/addresses/{ledger}/{address}/entity",
         .name = "showEntityOfAddress",
         .about = "The addresses that belong together with this one.",
         .parameters = {ledger_in_path(), text_in_path("address", "An address of the ledger."),
                        as_of_parameter(), known_at_parameter(), level_parameter(),
                        cursor_parameter(), limit_parameter("100"), history},
         .answer_schema = "Envelope",
         .handle = asks(service, "address")},
        {.path = "/v1/entities/{id}",
         .name = "showEntity",
         .about = "The members of an entity, page by page, with their labels.",
         .parameters = {id, as_of_parameter(), known_at_parameter(), level_parameter(),
                        cursor_parameter(), limit_parameter("100"), history},
         .answer_schema = "Envelope",
         .handle = asks(service, "id")},
        {.path = "/v1/entities/{id}/members",
         .name = "listMembers",
         .about = "The same under the name that lists of an entity have elsewhere.",
         .parameters = {id, as_of_parameter(), known_at_parameter(), level_parameter(),
                        cursor_parameter(), limit_parameter("100")},
         .answer_schema = "Envelope",
         .handle = asks(service, "id")},
        {.path = "/v1/entities/{id}/neighbors",
         .name = "listNeighborsOfEntity",
         .about = "The entities that it exchanged value with directly, the largest first.",
         .parameters = {id, as_of_parameter(), known_at_parameter(), direction_parameter(),
                        cursor_parameter(), limit_parameter("100")},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token& stop) -> Result<Answer> {
             const auto generation = service.now();
             return neighbors_answer_of(generation->home, call, call.text("id"), /*entities=*/true,
                                        stop);
         }},
        {.path = "/v1/entities/{id}/links/{other}",
         .name = "listLinksOfEntity",
         .about = "The transactions in which one entity paid another.",
         .parameters = {id, other_in_path(), as_of_parameter(), known_at_parameter()},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token& stop) -> Result<Answer> {
             const auto generation = service.now();
             return links_answer_of(generation->home, call, call.text("id"), /*entities=*/true,
                                    stop);
         }},
        {.path = "/v1/entities/{id}/explain",
         .name = "listMerges",
         .about = "The merges that made an entity, each with the transaction and the rule that "
                  "caused it.",
         .parameters = {id, as_of_parameter(), known_at_parameter(), level_parameter(),
                        cursor_parameter(), limit_parameter("100")},
         .answer_schema = "Envelope",
         .handle = asks(service, "id", /*merges=*/true)},
        {.path = "/v1/entities/{id}/explain/{address}",
         .name = "explainEntity",
         .about = "Why an address belongs to an entity: the merges between, each with the "
                  "transaction and the rule that caused it.",
         .parameters = {id, text_in_path("address", "An address."), as_of_parameter(),
                        level_parameter()},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token& stop) -> Result<Answer> {
             const auto generation = service.now();
             const question::ExplainOptions options{
                 .a = call.text("id"), .b = call.text("address"), .change = {}};
             return answer_of(question::explain(generation->home, pins_of(call), options, stop));
         }}};
}

}  // namespace wagetrail::server
