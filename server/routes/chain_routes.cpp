#include "heuristics/question/label_question.h"
#include "heuristics/question/search_question.h"
#include "heuristics/question/show_question.h"

#include "server/routes/neighbors_of.h"
#include "server/routes/pins_of.h"
#include "server/routes/routes.h"

namespace wagetrail::server {
namespace {

Result<Answer> shown(Service& service, const Call& call, const question::ShowOptions& options) {
    const auto generation = service.now();
    return answer_of(question::show(generation->home, pins_of(call), options));
}

/// What shows transactions and blocks as well must here be an address.
Result<Answer> shown_address(Service& service,
                             const Call& call,
                             const question::ShowOptions& options) {
    (void)TRY(parse_address(TRY(parse_ledger(call.text("ledger"))), options.subject));
    return shown(service, call, options);
}

}  // namespace

std::vector<Route> chain_routes(Service& service) {
    const Parameter address = text_in_path("address", "An address of the ledger.");
    return {
        {.path = "/v1/addresses/{ledger}/{address}",
         .name = "showAddress",
         .about =
             "What an address received, paid and holds, and the labels it has. An address that "
             "was never on the chain is answered as such.",
         .parameters = {ledger_in_path(), address, as_of_parameter(), known_at_parameter()},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token&) -> Result<Answer> {
             return shown_address(service, call, {.subject = call.text("address")});
         }},
        {.path = "/v1/addresses/{ledger}/{address}/history",
         .name = "listHistory",
         .about = "Its receipts and payments, page by page.",
         .parameters = {ledger_in_path(), address, as_of_parameter(), known_at_parameter(),
                        cursor_parameter(), limit_parameter("25")},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token&) -> Result<Answer> {
             return shown_address(service, call,
                                  {.subject = call.text("address"),
                                   .history = true,
                                   .cursor = call.text("cursor"),
                                   .limit = call.number("limit")});
         }},
        {.path = "/v1/addresses/{ledger}/{address}/neighbors",
         .name = "listNeighbors",
         .about =
             "The addresses that it exchanged value with directly, the largest first. In a "
             "transaction of many, each input counts as having paid each output in proportion.",
         .parameters = {ledger_in_path(), address, as_of_parameter(), known_at_parameter(),
                        direction_parameter(), cursor_parameter(), limit_parameter("100")},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token& stop) -> Result<Answer> {
             const auto generation = service.now();
             return neighbors_answer_of(generation->home, call, call.text("address"),
                                        /*entities=*/false, stop);
         }},
        {.path = "/v1/addresses/{ledger}/{address}/links/{other}",
         .name = "listLinks",
         .about = "The transactions in which one address paid another.",
         .parameters = {ledger_in_path(), address, other_in_path(), as_of_parameter(),
                        known_at_parameter()},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token& stop) -> Result<Answer> {
             const auto generation = service.now();
             return links_answer_of(generation->home, call, call.text("address"),
                                    /*entities=*/false, stop);
         }},
        {.path = "/v1/search",
         .name = "searchAll",
         .about = "What a text is, and where it is found: an address, an entity, a transaction, an "
                  "output, a block, a wallet's extended key, a party of a list.",
         .parameters =
             {{.name = "q", .about = "As it was pasted.", .max = 1000, .is_required = true},
              as_of_parameter(),
              known_at_parameter()},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token&) -> Result<Answer> {
             const auto generation = service.now();
             return answer_of(question::search(generation->home, pins_of(call), call.text("q")));
         }},
        {.path = "/v1/addresses/{ledger}/{address}/labels",
         .name = "listLabels",
         .about =
             "What packs of labels and analysts say of it, contradictions too. None is not the "
             "same as clean.",
         .parameters = {ledger_in_path(), address, known_at_parameter()},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token&) -> Result<Answer> {
             const auto generation = service.now();
             return answer_of(
                 question::labels_of(generation->home, pins_of(call), call.text("address")));
         }},
        {.path = "/v1/transactions/{ledger}/{id}",
         .name = "showTransaction",
         .about = "Inputs with what they spend, outputs with who spends them, fee, CoinJoin class.",
         .parameters = {ledger_in_path(), text_in_path("id", "A transaction id of 64 digits."),
                        as_of_parameter()},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token&) -> Result<Answer> {
             if (!parse_hash<Txid>(call.text("id")))
                 return refuse(ProblemCode::bad_parameter,
                               "id is no transaction id of 64 hexadecimal digits");
             return shown(service, call, {.subject = call.text("id")});
         }}};
}

}  // namespace wagetrail::server
