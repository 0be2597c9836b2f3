#include "chain/base/sha256.h"

#include "heuristics/question/picture_question.h"
#include "heuristics/question/report_question.h"

#include "server/routes/job_routes.h"
#include "server/routes/picture_body.h"
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
    if (options.from.size() > kNamesMax || options.to.size() > kNamesMax)
        body.wrong("from", "has more than 10000 names");
}

void need_from(BodyFields& body, const question::TraceOptions& options) {
    if (options.from.empty()) body.wrong("from", "is missing");
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

/// A question whose body was understood.
struct Ask {
    question::Pins pins;
    /// Fails where the answer would, as far as that is known before a walk: no job is made of a
    /// question that cannot be answered, or of one that is answered at once.
    std::function<Expected<bool>(question::Home& home)> needs_walk;
    std::function<Result<std::string>(
        question::Home& home, const question::Following& following, const std::stop_token& stop)>
        answer;
};

Result<std::string> json_of(Expected<question::Answered> answered) {
    return TRY(answer_of(std::move(answered))).body;
}

Result<Ask> trace(const std::string& text) {
    auto body = TRY(BodyFields::parse(text));
    question::TraceOptions options;
    const question::Pins pins = pins_of(body);
    read_trace(body, options);
    need_from(body, options);
    question::NamedFiles files = read_files(body);
    TRY(body.done());
    return Ask{
        pins,
        [=](question::Home& home) { return question::needs_walk(home, pins, options, files); },
        [=](question::Home& home, question::Following following, const std::stop_token& stop) {
            following.keep_steps = true;
            return json_of(question::trace(home, pins, options, following, stop, files));
        }};
}

Result<Ask> paths(const std::string& text) {
    auto body = TRY(BodyFields::parse(text));
    question::PathsOptions options;
    options.trace.policies = {"haircut"};
    const question::Pins pins = pins_of(body);
    read_trace(body, options.trace);
    need_from(body, options.trace);
    if (options.trace.to.empty()) body.wrong("to", "is missing");
    body.read("rank", options.rank);
    body.read_number("count", 1, 1'000, options.count);
    body.read("entities", options.entities);
    question::NamedFiles files = read_files(body);
    TRY(body.done());
    return Ask{
        pins,
        [=](question::Home& home) { return question::needs_walk(home, pins, options, files); },
        [=](question::Home& home, const question::Following& following,
            const std::stop_token& stop) {
            return json_of(question::paths(home, pins, options, following, stop, files));
        }};
}

using Understand = std::function<Result<Ask>(const std::string& text)>;

Result<Ask> picture(const std::string& text) {
    auto body = TRY(BodyFields::parse(text));
    question::PictureOptions options;
    const question::Pins pins = pins_of(body);
    read_trace(body, options.trace);
    read_picture(body, options);
    question::NamedFiles files = read_files(body);
    TRY(body.done());
    return Ask{
        pins,
        [=](question::Home& home) { return question::needs_walk(home, pins, options, files); },
        [=](question::Home& home, const question::Following& following,
            const std::stop_token& stop) {
            return json_of(question::picture(home, pins, options, following, stop, files));
        }};
}

/// What is frozen or exported: a trace, asked for as one.
struct TraceAsked {
    question::Pins pins;
    question::TraceOptions options;
    question::NamedFiles files;
};

Result<TraceAsked> trace_asked(const std::string& text, question::TraceOptions otherwise) {
    auto body = TRY(BodyFields::parse(text));
    TraceAsked asked{.pins = pins_of(body), .options = std::move(otherwise), .files = {}};
    read_trace(body, asked.options);
    need_from(body, asked.options);
    asked.files = read_files(body);
    TRY(body.done());
    return asked;
}

Result<Ask> report(const std::string& text) {
    const TraceAsked asked = TRY(trace_asked(text, {}));
    return Ask{asked.pins,
               [=](question::Home& home) {
                   return question::report_needs_walk(home, asked.pins, asked.options, {},
                                                      asked.files);
               },
               [=](question::Home& home, const question::Following& following,
                   const std::stop_token& stop) -> Result<std::string> {
                   return TRY(question::freeze(home, asked.pins, asked.options, {},
                                               following.progress, stop, asked.files))
                              .bundle +
                          "\n";
               }};
}

Result<Ask> graph(const std::string& text, report::FlowFormat format) {
    const TraceAsked asked = TRY(trace_asked(text, {.policies = {"haircut"}}));
    return Ask{asked.pins,
               [=](question::Home& home) {
                   return question::needs_walk(home, asked.pins, asked.options, asked.files);
               },
               [=](question::Home& home, const question::Following& following,
                   const std::stop_token& stop) -> Result<std::string> {
                   return TRY(question::exported(home, asked.pins, asked.options, format,
                                                 following.progress, stop, asked.files));
               }};
}

/// At once, as far as that goes; what is larger becomes a job, or is refused where none are given.
Result<Answer> ask(Service& service,
                   const RouteOptions& given,
                   Time now,
                   const char* kind,
                   const Understand& understand,
                   const Call& call,
                   const std::stop_token& stop) {
    const Ask question = TRY(understand(call.body));
    TRY(question::check_moments(question.pins, now));
    const auto generation = service.now();
    if (call.prefers_job && given.jobs != nullptr && TRY(question.needs_walk(generation->home)))
        return put_off(*given.jobs, call, kind);
    std::stop_source enough;
    const std::stop_callback deadline(stop, [&] { enough.request_stop(); });
    std::uint64_t transactions = 0;
    const question::Following following{.progress = [&](Policy, const WalkProgress&) {
        if (++transactions > given.transactions_at_once) enough.request_stop();
    }};
    auto answer = question.answer(generation->home, following, enough.get_token());
    if (!enough.stop_requested()) return Answer{.body = TRY(std::move(answer))};
    // Cut short, it may have come to an error of its own, which would be the job's too.
    if (!answer && answer.error().code != ProblemCode::deadline_missed)
        (void)TRY(question.needs_walk(generation->home));
    if (given.jobs != nullptr) return put_off(*given.jobs, call, kind);
    return refuse(ProblemCode::limit_met,
                  "the question takes more transactions apart than one request may",
                  "ask for less, or ask a server that is not read-only, which makes it a job");
}

JobWork job_of(Service& service, const Understand& understand) {
    return [&service, understand](const std::string& body,
                                  const std::function<void(std::uint64_t)>& progress,
                                  const std::stop_token& stop) -> Result<std::string> {
        const Ask question = TRY(understand(body));
        std::uint64_t transactions = 0;
        const auto generation = service.now();
        return question.answer(
            generation->home,
            {.progress = [&](Policy, const WalkProgress&) { progress(++transactions); }}, stop);
    };
}

constexpr const char* kTrace = "trace";
constexpr const char* kPaths = "paths";
constexpr const char* kPicture = "picture";
constexpr const char* kReport = "report";

report::FlowFormat format_of(MediaType type) {
    if (type == MediaType::csv) return report::FlowFormat::csv;
    if (type == MediaType::dot) return report::FlowFormat::dot;
    if (type == MediaType::ndjson) return report::FlowFormat::jsonl;
    return report::FlowFormat::graphml;
}

/// Never a job: an export that does not fit into one request is for the command line.
Result<Answer> export_graph(Service& service,
                            const RouteOptions& given,
                            Time now,
                            const Call& call,
                            const std::stop_token& stop) {
    RouteOptions at_once = given;
    at_once.jobs = nullptr;
    const auto understand = [&](const std::string& text) {
        return graph(text, format_of(call.accepts));
    };
    Answer answer = TRY(ask(service, at_once, now, "", understand, call, stop));
    answer.type = call.accepts;
    return answer;
}

}  // namespace

std::map<std::string, JobWork> trace_jobs(Service& service) {
    return {{kTrace, job_of(service, trace)},
            {kPaths, job_of(service, paths)},
            {kPicture, job_of(service, picture)},
            {kReport, job_of(service, report)}};
}

std::vector<Route> trace_routes(Service& service, const RouteOptions& given, const Now& now) {
    return {
        {.method = Method::post,
         .path = "/v1/traces",
         .name = "trace",
         .about = "Follows value forward from payouts, or back to where it came from, and says "
                  "what of it reached the target and whether that was listed at the time.",
         .scope = Scope::trace,
         .body_schema = "TraceRequest",
         .answer_schema = "Envelope",
         .made_schema = "Job",
         .handle = [&service, given, now](const Call& call, const std::stop_token& stop)
             -> Result<Answer> { return ask(service, given, now(), kTrace, trace, call, stop); }},
        {.method = Method::post,
         .path = "/v1/paths",
         .name = "findPaths",
         .about = "The best ways by which value went from one set to another.",
         .scope = Scope::trace,
         .body_schema = "PathsRequest",
         .answer_schema = "Envelope",
         .made_schema = "Job",
         .handle = [&service, given, now](const Call& call, const std::stop_token& stop)
             -> Result<Answer> { return ask(service, given, now(), kPaths, paths, call, stop); }},
        {.method = Method::post,
         .path = "/v1/pictures",
         .name = "drawPicture",
         .about = "A trace as a picture: who held value and between whom it went, each with its "
                  "place, at the level of addresses, entities or transactions; with whom they "
                  "dealt besides, where that was opened.",
         .scope = Scope::trace,
         .body_schema = "PictureRequest",
         .answer_schema = "Envelope",
         .made_schema = "Job",
         .handle = [&service, given, now](const Call& call,
                                          const std::stop_token& stop) -> Result<Answer> {
             return ask(service, given, now(), kPicture, picture, call, stop);
         }},
        {.method = Method::post,
         .path = "/v1/reports",
         .name = "freezeReport",
         .about = "A trace frozen with its evidence, as `wagetrail report` writes bundle.json: "
                  "raw transactions with their proofs, merges, other assumptions. Unsigned; "
                  "`wagetrail-verify` checks it.",
         .scope = Scope::trace,
         .body_schema = "TraceRequest",
         .answer_schema = "Envelope",
         .made_schema = "Job",
         .handle = [&service, given, now](const Call& call, const std::stop_token& stop)
             -> Result<Answer> { return ask(service, given, now(), kReport, report, call, stop); }},
        {.method = Method::post,
         .path = "/v1/exports",
         .name = "exportGraph",
         .about = "The graph of a trace under one policy in the formats of other tools, by "
                  "Accept.",
         .scope = Scope::trace,
         .body_schema = "TraceRequest",
         .gives = {MediaType::graphml, MediaType::csv, MediaType::dot, MediaType::ndjson},
         .handle = [&service, given, now](const Call& call, const std::stop_token& stop)
             -> Result<Answer> { return export_graph(service, given, now(), call, stop); }}};
}

}  // namespace wagetrail::server
