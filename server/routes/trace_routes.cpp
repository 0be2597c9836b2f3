#include "chain/base/sha256.h"

#include "heuristics/question/trace_question.h"

#include "server/routes/job_routes.h"
#include "server/routes/pins_of.h"
#include "server/routes/routes.h"

namespace wagetrail::server {
namespace {

using Json = nlohmann::json;

// What one question may cost; the command line has no such bounds.
constexpr std::uint64_t kTransactionsMax = 10'000'000;
constexpr std::uint64_t kTransactionsUnlessSaid = 100'000;
constexpr std::size_t kNamesMax = 10'000;

void read_trace(BodyFields& body, question::TraceOptions& options) {
    body.read("from", options.from);
    body.read("to", options.to);
    body.read("policies", options.policies);
    body.read_number("max_hops", 1, 1'000, options.max_hops);
    body.read("min_value", options.min_value);
    options.max_transactions = kTransactionsUnlessSaid;
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

/// How a question is answered once its body was understood.
using Ask = std::function<Result<std::string>(
    question::Home& home, const question::Following& following, const std::stop_token& stop)>;

Result<std::string> json_of(Expected<question::Answered> answered) {
    return TRY(answer_of(std::move(answered))).body;
}

Result<Ask> trace(const std::string& text) {
    auto body = TRY(BodyFields::parse(text));
    question::TraceOptions options;
    const question::Pins pins = pins_of(body);
    read_trace(body, options);
    question::NamedFiles files = read_files(body);
    TRY(body.done());
    return [=](question::Home& home, question::Following following, const std::stop_token& stop) {
        following.keep_steps = true;
        return json_of(question::trace(home, pins, options, following, stop, files));
    };
}

Result<Ask> paths(const std::string& text) {
    auto body = TRY(BodyFields::parse(text));
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
    return [=](question::Home& home, const question::Following& following,
               const std::stop_token& stop) {
        return json_of(question::paths(home, pins, options, following, stop, files));
    };
}

using Understand = Result<Ask> (*)(const std::string& text);

/// At once, as far as that goes; what is larger becomes a job, or is refused where none are given.
Result<Answer> ask(Service& service,
                   const RouteOptions& given,
                   const char* kind,
                   Understand understand,
                   const Call& call,
                   const std::stop_token& stop) {
    const Ask question = TRY(understand(call.body));
    if (call.prefers_job && given.jobs != nullptr) return put_off(*given.jobs, call, kind);
    std::stop_source enough;
    const std::stop_callback deadline(stop, [&] { enough.request_stop(); });
    std::uint64_t transactions = 0;
    const question::Following following{.progress = [&](Policy, const WalkProgress&) {
        if (++transactions > given.transactions_at_once) enough.request_stop();
    }};
    const auto generation = service.now();
    auto answer = question(generation->home, following, enough.get_token());
    if (!enough.stop_requested()) return Answer{.body = TRY(std::move(answer))};
    if (given.jobs != nullptr) return put_off(*given.jobs, call, kind);
    return refuse(ProblemCode::limit_met,
                  "the question takes more transactions apart than one request may",
                  "ask for less, or ask a server that is not read-only, which makes it a job");
}

JobWork job_of(Service& service, Understand understand) {
    return [&service, understand](const std::string& body,
                                  const std::function<void(std::uint64_t)>& progress,
                                  const std::stop_token& stop) -> Result<std::string> {
        const Ask question = TRY(understand(body));
        std::uint64_t transactions = 0;
        const auto generation = service.now();
        return question(
            generation->home,
            {.progress = [&](Policy, const WalkProgress&) { progress(++transactions); }}, stop);
    };
}

constexpr const char* kTrace = "trace";
constexpr const char* kPaths = "paths";

}  // namespace

std::map<std::string, JobWork> trace_jobs(Service& service) {
    return {{kTrace, job_of(service, trace)}, {kPaths, job_of(service, paths)}};
}

std::vector<Route> trace_routes(Service& service, const RouteOptions& given) {
    return {{.method = Method::post,
             .path = "/v1/traces",
             .name = "trace",
             .about = "Follows value forward from payouts, or back to where it came from, and says "
                      "what of it reached the target and whether that was listed at the time.",
             .scope = Scope::trace,
             .body_schema = "TraceRequest",
             .answer_schema = "Envelope",
             .made_schema = "Job",
             .handle = [&service, given](const Call& call, const std::stop_token& stop)
                 -> Result<Answer> { return ask(service, given, kTrace, trace, call, stop); }},
            {.method = Method::post,
             .path = "/v1/paths",
             .name = "findPaths",
             .about = "The best ways by which value went from one set to another.",
             .scope = Scope::trace,
             .body_schema = "PathsRequest",
             .answer_schema = "Envelope",
             .made_schema = "Job",
             .handle = [&service, given](const Call& call, const std::stop_token& stop)
                 -> Result<Answer> { return ask(service, given, kPaths, paths, call, stop); }}};
}

}  // namespace wagetrail::server
