#include "heuristics/question/trace_question.h"
#include "heuristics/report/exposure_answer.h"

#include "server/routes/pins_of.h"
#include "server/routes/routes.h"
#include "server/routes/test_subjects.h"

#include <algorithm>

namespace wagetrail::server {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kSubjectsMax = 10'000;
constexpr std::size_t kSubjectBytesMax = 1'024;
constexpr std::size_t kPieceBytes = 64 << 10U;  // of a stream, at least
constexpr std::uint64_t kTransactionsMax = 100'000;

struct Subject {
    std::string name;
    std::string client_id;  // echoed; empty: none was given
};

struct Batch {
    std::vector<Subject> subjects;
    Service::DeskRequest desk;
    bool tests = false;  // names of test_subjects.h are answered

    [[nodiscard]] bool is_test(const Subject& subject) const {
        return tests && is_test_subject(subject.name);
    }
    /// The first one that is of a chain; nullptr: they are all for tests, and no desk is needed.
    [[nodiscard]] const Subject* first_real() const {
        const auto found =
            std::ranges::find_if(subjects, [&](const Subject& each) { return !is_test(each); });
        return found == subjects.end() ? nullptr : &*found;
    }
};

Result<Subject> subject_of(const Json& json) {
    Subject subject;
    if (json.is_string()) subject.name = json.get<std::string>();
    if (json.is_object()) {
        auto fields = TRY(BodyFields::of(json));
        fields.read("subject", subject.name);
        fields.read("client_id", subject.client_id);
        TRY(fields.done());
    }
    if (subject.name.empty() || subject.name.size() > kSubjectBytesMax ||
        subject.client_id.size() > kSubjectBytesMax)
        return refuse(ProblemCode::bad_body,
                      "each of subjects is a text or {\"subject\", \"client_id\"}, of at most 1024 "
                      "bytes each");
    return subject;
}

Result<std::vector<Subject>> subjects_of(BodyFields& body) {
    std::vector<Subject> subjects;
    const Json* const many = body.take("subjects");
    const Json* const one = body.take("subject");
    if ((one == nullptr) == (many == nullptr))
        return refuse(ProblemCode::bad_body, "the body needs subject or subjects");
    if (one != nullptr) {
        subjects.push_back(TRY(subject_of(*one)));
        return subjects;
    }
    if (!many->is_array() || many->empty() || many->size() > kSubjectsMax)
        return refuse(ProblemCode::bad_body, "subjects is a list of 1 to 10000");
    for (const Json& each : *many) subjects.push_back(TRY(subject_of(each)));
    return subjects;
}

void read_options(BodyFields& body, question::ExposureOptions& options) {
    body.read("policies", options.policies);
    body.read_number("max_hops", 1, 1'000, options.max_hops);
    body.read("min_value", options.min_value);
    body.read("dust", options.dust);
    body.read_number("max_transactions", 1, kTransactionsMax, options.max_transactions);
    body.read("details", options.details);
}

/// The ledger of a batch is one: the one named, or that of its first subject.
Result<LedgerId> ledger_of(Service& service, const Batch& batch) {
    const Subject* const first = batch.first_real();
    if (first == nullptr) return LedgerId::btc;
    const auto generation = service.now();
    return TRY(question::ledger_of(generation->home, batch.desk.pins, {first->name},
                                   question::NamedFiles::sealed({})));
}

Result<Batch> batch_of(Service& service, bool tests, Time now, const Call& call) {
    auto body = TRY(BodyFields::parse(call.body));
    Batch batch{.subjects = {}, .desk = {}, .tests = tests};
    batch.subjects = TRY(subjects_of(body));
    batch.desk.pins = pins_of(body);
    read_options(body, batch.desk.options);
    TRY(body.done());
    TRY(question::check_moments(batch.desk.pins, now));
    batch.desk.ledger = TRY(ledger_of(service, batch));
    return batch;
}

/// Answers the subjects of one batch; the desk is leased when the first of them needs it.
class Asking {
  public:
    Asking(Service& service,
           std::size_t worker,
           const std::shared_ptr<Generation>& generation,
           const Batch& batch)
        : service_(service), worker_(worker), generation_(generation), batch_(batch) {}

    Result<question::Answered> ask(const Subject& subject, const std::stop_token& stop) {
        if (batch_.is_test(subject)) return test_exposure(subject.name);
        if (lease_.desk == nullptr) lease_ = TRY(service_.desk(worker_, generation_, batch_.desk));
        return TRY(lease_.desk->ask(subject.name, stop));
    }

    /// One line: the envelope as the command line prints it, or what was wrong with the subject.
    /// With an id of the client's around it where one was given.
    Result<std::string> line(const Subject& subject, const std::stop_token& stop) {
        auto answered = ask(subject, stop);
        if (!answered && answered.error().code != ProblemCode::bad_parameter)
            return std::unexpected(std::move(answered).error());
        const std::string line =
            answered ? std::move(answered->answer.json)
                     : report::refused_subject(subject.name,
                                               {ErrorCode::invalid, answered.error().message})
                           .json;
        if (subject.client_id.empty()) return line + "\n";
        return "{\"answer\":" + line + ",\"client_id\":" + Json(subject.client_id).dump() + "}\n";
    }

  private:
    Service& service_;
    std::size_t worker_;
    const std::shared_ptr<Generation>& generation_;
    const Batch& batch_;
    Service::Lease lease_;
};

Result<Answer> one(Service& service,
                   const Call& call,
                   const Batch& batch,
                   const std::stop_token& stop) {
    const auto generation = service.now();
    Asking asking(service, call.worker, generation, batch);
    const Subject& subject = batch.subjects.front();
    if (!subject.client_id.empty()) return Answer{.body = TRY(asking.line(subject, stop))};
    return answer_of(TRY(asking.ask(subject, stop)));
}

/// Workers take turns, each with a desk of its own; the generation keeps all answers of a batch at
/// one moment.
Pieces pieces_of(Service& service, Batch batch) {
    auto asked = std::make_shared<Batch>(std::move(batch));
    return [&service, generation = service.now(), asked, next = std::size_t{0}](
               std::size_t worker,
               const std::stop_token& stop) mutable -> Result<std::optional<std::string>> {
        if (next == asked->subjects.size()) return std::optional<std::string>();
        Asking asking(service, worker, generation, *asked);
        std::string lines;
        while (next < asked->subjects.size() && lines.size() < kPieceBytes)
            lines += TRY(asking.line(asked->subjects[next++], stop));
        return std::optional(std::move(lines));
    };
}

Result<Answer> all(const Pieces& pieces, const Call& call, const std::stop_token& stop) {
    std::string lines;
    for (;;) {
        const auto piece = TRY(pieces(call.worker, stop));
        if (!piece) break;
        lines += *piece;
    }
    lines.pop_back();
    for (char& c : lines)
        if (c == '\n') c = ',';
    return Answer{.body = "{\"answers\":[" + lines + "]}\n"};
}

Result<Answer> ask_batch(
    Service& service, bool tests, Time now, const Call& call, const std::stop_token& stop) {
    Batch batch = TRY(batch_of(service, tests, now, call));
    if (call.accepts == MediaType::ndjson)
        return Answer{.type = MediaType::ndjson, .pieces = pieces_of(service, std::move(batch))};
    if (batch.subjects.size() == 1) return one(service, call, batch, stop);
    return all(pieces_of(service, std::move(batch)), call, stop);
}

Result<Answer> ask_address(Service& service, const Call& call, const std::stop_token& stop) {
    Batch batch{.subjects = {{.name = call.text("address"), .client_id = {}}}, .desk = {}};
    batch.desk.pins = pins_of(call);
    batch.desk.ledger = TRY(parse_ledger(call.text("ledger")));
    (void)TRY(parse_address(batch.desk.ledger, call.text("address")));
    batch.desk.options.details = call.flag("details");
    return one(service, call, batch, stop);
}

}  // namespace

std::vector<Route> exposure_routes(Service& service, const RouteOptions& options, const Now& now) {
    const Parameter details{.name = "details",
                            .kind = Kind::flag,
                            .about = "With the outputs and shares behind each figure.",
                            .otherwise = "false"};
    return {
        {.method = Method::post,
         .path = "/v1/exposure",
         .name = "askExposure",
         .about = "Who is at the other ends of the money of a subject, or of up to 10,000: "
                  "addresses, entities, transactions, outputs. One subject is answered with its "
                  "envelope, several with {\"answers\": [...]} or, with Accept: "
                  "application/x-ndjson, as a stream of lines.",
         .scope = Scope::exposure,
         .body_schema = "ExposureRequest",
         .answer_schema = "ExposureAnswer",
         .gives = {MediaType::json, MediaType::ndjson},
         .handle = [&service, tests = options.test_subjects, now](
                       const Call& call, const std::stop_token& stop) -> Result<Answer> {
             return ask_batch(service, tests, now(), call, stop);
         }},
        {.path = "/v1/addresses/{ledger}/{address}/exposure",
         .name = "askExposureOfAddress",
         .about = "The same of one address, with the default limits.",
         .scope = Scope::exposure,
         .parameters = {ledger_in_path(), text_in_path("address", "An address of the ledger."),
                        as_of_parameter(), known_at_parameter(), level_parameter(), details},
         .answer_schema = "Envelope",
         .handle = [&service](const Call& call, const std::stop_token& stop) -> Result<Answer> {
             return ask_address(service, call, stop);
         }}};
}

}  // namespace wagetrail::server
