#include "heuristics/question/list_question.h"
#include "heuristics/question/state_question.h"

#include "server/routes/pins_of.h"
#include "server/routes/routes.h"

namespace wagetrail::server {

std::vector<Route> list_routes(Service& service, const Now& now) {
    return {
        {.path = "/v1/lists",
         .name = "listLists",
         .about = "The snapshots of sanctions lists at hand, with their hashes and dates.",
         .parameters = {{.name = "name", .about = "Of that list alone."}},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token&) -> Result<Answer> {
             return answer_of(question::list_snapshots(service.now()->home, call.text("name")));
         }},
        {.path = "/v1/lists/check/{address}",
         .name = "checkAddress",
         .about = "Whether a list names an address, of any ledger, and whether it did on a day.",
         .parameters = {text_in_path("address", "An address of any ledger."),
                        {.name = "on", .about = "Date or time (UTC) of a payment."},
                        {.name = "list", .about = "Of that list alone."},
                        as_of_parameter(),
                        known_at_parameter()},
         .answer_schema = "Envelope",
         .handle = [&service, now](const Call& call, const std::stop_token&) -> Result<Answer> {
             return answer_of(question::check_address(*TRY(service.registry(call.worker)),
                                                      pins_of(call),
                                                      {.address = call.text("address"),
                                                       .on = call.text("on"),
                                                       .list = call.text("list")},
                                                      now()));
         }},
        {.path = "/v1/status",
         .name = "showStatus",
         .about = "How far the indexes are.",
         .answer_schema = "Envelope",
         .handle = [&service, now](const Call&, const std::stop_token&) -> Result<Answer> {
             const auto generation = service.now();
             return answer_of(question::status(generation->home, "", now()));
         }},
        {.path = "/readyz",
         .name = "isReady",
         .about = "Whether an index can be read.",
         .gives = {MediaType::text},
         .handle = [&service, now](const Call&, const std::stop_token&) -> Result<Answer> {
             const auto generation = service.now();
             const auto status = question::status(generation->home, "", now());
             if (status) return Answer{.body = "ready\n", .type = MediaType::text};
             return refuse(ProblemCode::overloaded, "not ready: " + status.error().what);
         }}};
}

}  // namespace wagetrail::server
