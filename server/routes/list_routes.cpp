#include "heuristics/question/list_question.h"
#include "heuristics/question/state_question.h"
#include "heuristics/report/list_answers.h"

#include "server/routes/list_look_up.h"
#include "server/routes/pins_of.h"
#include "server/routes/routes.h"
#include "server/routes/test_subjects.h"

namespace wagetrail::server {
namespace {

Expected<question::ListsCheck> check_of(const Call& call, Time now) {
    return question::lists_check(
        pins_of(call),
        {.address = call.text("address"), .on = call.text("on"), .list = call.text("list")}, now);
}

Result<Answer> tell(const lists::TextView& view, const question::ListsCheck& check) {
    return answer_of(question::check_address(view, check));
}

Result<Answer> check_test(const Call& call, Time now) {
    const std::string& name = call.text("address");
    const Time on = call.text("on").empty() ? now : TRY(parse_time(call.text("on")));
    const TestListing found = TRY(test_listing(name, on, now));
    return answer_of(
        question::Answered{report::check_answer({.address = name,
                                                 .on = on,
                                                 .pins = {.as_of = now, .known_at = now},
                                                 .states = {},
                                                 .listings = found.listings,
                                                 .verdict = found.verdict,
                                                 .coverage = {"TEST_SUBJECT"}})});
}

std::optional<Result<Answer>> at_hand(const Service& service,
                                      const RouteOptions& options,
                                      const Call& call,
                                      Time now) {
    if (options.test_subjects && is_test_subject(call.text("address")))
        return check_test(call, now);
    return look_up_in_memory(service, check_of(call, now), tell);
}

Result<Answer> status(const Service& service, Time now, const std::vector<FollowState>& follows) {
    const auto generation = service.now();
    auto status = question::status(generation->home, "", now);
    if (status) status->answer.json = with_follows(status->answer.json, follows);
    auto answer = answer_of(std::move(status));
    // Where nothing is indexed yet, the node may be why.
    const std::string failing = failing_words(follows);
    if (!answer && !failing.empty()) answer.error().hint = failing;
    return answer;
}

}  // namespace

std::vector<Route> list_routes(Service& service, const RouteOptions& options, const Now& now) {
    return {
        {.path = "/v1/lists",
         .name = "listLists",
         .about = "The snapshots of sanctions lists at hand, with their hashes and dates.",
         .scope = Scope::lists,
         .parameters = {{.name = "name", .about = "Of that list alone."}},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token&) -> Result<Answer> {
             return answer_of(question::list_snapshots(service.now()->home, call.text("name")));
         }},
        {.path = "/v1/lists/check/{address}",
         .name = "checkAddress",
         .about = "Whether a list names an address, of any ledger, and whether it did on a day.",
         .scope = Scope::lists,
         .parameters = {text_in_path("address", "An address of any ledger."),
                        {.name = "on", .about = "Date or time (UTC) of a payment."},
                        {.name = "list", .about = "Of that list alone."},
                        {.name = "as_of",
                         .about = "Date or time (UTC): use lists as published by then."},
                        known_at_parameter()},
         .answer_schema = "Envelope",
         .from_memory = [&service, options,
                         now](const Call& call) { return at_hand(service, options, call, now()); },
         .handle = [&service, now](const Call& call, const std::stop_token&) -> Result<Answer> {
             return look_up(service, call.worker, check_of(call, now()), tell);
         }},
        {.path = "/v1/status",
         .name = "showStatus",
         .about = "How far the indexes are; in \"behind\", how it stands with the nodes of those "
                  "that are followed: \"state\" is starting, reading, at_tip or failing.",
         .answer_schema = "Envelope",
         .handle = [&service, now, follows = options.follows](
                       const Call&,
                       const std::stop_token&) { return status(service, now(), follows()); }},
        {.path = "/readyz",
         .name = "isReady",
         .about = "Whether an index can be read, and what is answered be recorded: a disk that has "
                  "less than 8 MiB left is not ready.",
         .scope = Scope::open,
         .gives = {MediaType::text},
         .handle = [&service, now, trouble = options.trouble](
                       const Call&, const std::stop_token&) -> Result<Answer> {
             if (const auto found = trouble())
                 return refuse(found->code, "not ready: " + found->message, found->hint);
             const auto generation = service.now();
             const auto status = question::status(generation->home, "", now());
             if (status) return Answer{.body = "ready\n", .type = MediaType::text};
             const Problem why(status.error());
             return refuse(ProblemCode::overloaded, "not ready: " + why.message, why.hint);
         }}};
}

}  // namespace wagetrail::server
