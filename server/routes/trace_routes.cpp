#include "chain/base/sha256.h"

#include "heuristics/question/trace_question.h"

#include "server/routes/pins_of.h"
#include "server/routes/routes.h"

namespace wagetrail::server {
namespace {

using Json = nlohmann::json;

// What one request may cost; the command line has no such bound.
constexpr std::uint64_t kTransactionsMax = 100'000;
constexpr std::size_t kNamesMax = 10'000;

void read_trace(BodyFields& body, question::TraceOptions& options) {
    body.read("from", options.from);
    body.read("to", options.to);
    body.read("policies", options.policies);
    body.read_number("max_hops", 1, 1'000, options.max_hops);
    body.read("min_value", options.min_value);
    options.max_transactions = kTransactionsMax;
    body.read_number("max_transactions", 1, kTransactionsMax, options.max_transactions);
    body.read("through_coinjoins", options.through_coinjoins);
    body.read_number("descriptor_gap", 1, 10'000, options.gap);
    body.read("backward", options.backward);
    body.read("without_labels", options.no_labels);
    body.read_number("busy_transactions", 1, 1'000'000'000, options.busy_transactions);
    body.read_number("busy_addresses", 1, 1'000'000'000, options.busy_addresses);
    body.read("services", options.services);
    if (options.from.empty()) body.wrong("from", "is missing");
    if (options.from.size() > kNamesMax || options.to.size() > kNamesMax)
        body.wrong("from", "has more than 10000 names");
}

/// Tables come in the body under the names that from and services use; no name opens a file here.
question::NamedFiles read_files(BodyFields& body) {
    std::deque<question::NamedFile> files;
    const Json* const json = body.take("files");
    if (json == nullptr) return question::NamedFiles::sealed({});
    const bool is_object = json->is_object();
    if (!is_object) body.wrong("files", "is no object of names and texts");
    for (const auto& [name, text] : json->items()) {
        if (!is_object || !text.is_string()) {
            body.wrong("files", "is no object of names and texts");
            break;
        }
        std::string table = text.get<std::string>();
        std::string hash = sha256_hex(table);
        files.push_back({name, std::move(table), std::move(hash)});
    }
    return question::NamedFiles::sealed(std::move(files));
}

Result<Answer> trace(Service& service, const Call& call, const std::stop_token& stop) {
    auto body = TRY(BodyFields::parse(call.body));
    question::TraceOptions options;
    const question::Pins pins = pins_of(body);
    read_trace(body, options);
    question::NamedFiles files = read_files(body);
    TRY(body.done());
    const auto generation = service.now();
    return answer_of(question::trace(generation->home, pins, options, {.keep_steps = true}, stop,
                                     std::move(files)));
}

Result<Answer> paths(Service& service, const Call& call, const std::stop_token& stop) {
    auto body = TRY(BodyFields::parse(call.body));
    question::PathsOptions options;
    options.trace.policies = {"haircut"};
    const question::Pins pins = pins_of(body);
    read_trace(body, options.trace);
    if (options.trace.to.empty()) body.wrong("to", "is missing");
    body.read("rank", options.rank);
    body.read_number("count", 1, 1'000, options.count);
    body.read("entities", options.entities);
    question::NamedFiles files = read_files(body);
    TRY(body.done());
    const auto generation = service.now();
    return answer_of(question::paths(generation->home, pins, options, {}, stop, std::move(files)));
}

}  // namespace

std::vector<Route> trace_routes(Service& service) {
    return {{.method = Method::post,
             .path = "/v1/traces",
             .name = "trace",
             .about = "Follows value forward from payouts, or back to where it came from, and says "
                      "what of it reached the target and whether that was listed at the time.",
             .body_schema = "TraceRequest",
             .answer_schema = "Envelope",
             .handle = [&service](const Call& call, const std::stop_token& stop) -> Result<Answer> {
                 return trace(service, call, stop);
             }},
            {.method = Method::post,
             .path = "/v1/paths",
             .name = "findPaths",
             .about = "The best ways by which value went from one set to another.",
             .body_schema = "PathsRequest",
             .answer_schema = "Envelope",
             .handle = [&service](const Call& call, const std::stop_token& stop) -> Result<Answer> {
                 return paths(service, call, stop);
             }}};
}

}  // namespace wagetrail::server
