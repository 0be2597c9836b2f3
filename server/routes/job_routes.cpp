#include "server/routes/job_routes.h"

#include "server/routes/pins_of.h"

#include <nlohmann/json.hpp>

namespace wagetrail::server {
namespace {

using Json = nlohmann::json;

constexpr std::chrono::milliseconds kLookAgain{250};
constexpr int kQuietLooks = 40;  // then a sign of life, so that nothing between cuts the stream

Json time_or_null(const std::optional<Time>& time) {
    return time ? Json(text(*time)) : Json();
}

std::string path_of(const Job& job) {
    return "/v1/jobs/" + job.id;
}

/// What GET /v1/jobs/{id} says, one line with its end.
std::string job_json(const Job& job) {
    return Json{{"id", job.id},
                {"kind", job.request.kind},
                {"state", name_of(job.state)},
                {"created", text(job.created)},
                {"started", time_or_null(job.started)},
                {"ended", time_or_null(job.ended)},
                {"transactions", job.transactions},
                {"answer", job.state == JobState::done ? Json(path_of(job) + "/answer") : Json()},
                {"problem", job.problem.empty() ? Json() : Json::parse(job.problem)}}
               .dump() +
           "\n";
}

std::string event_of(const Job& job) {
    return "event: " + std::string(has_ended(job.state) ? "end" : "progress") +
           "\ndata: " + job_json(job) + "\n";
}

/// The job whenever it changed, until it ended.
Pieces events_of(const JobBook& book, const Job& first) {
    return [&book, first, said = std::string(), quiet = 0, ended = false](
               std::size_t,
               const std::stop_token& stop) mutable -> Result<std::optional<std::string>> {
        if (ended || stop.stop_requested()) return std::optional<std::string>();
        const Job job = TRY(book.store.find(first.id, first.request.caller));
        ended = has_ended(job.state);
        std::string event = event_of(job);
        if (event == said && ++quiet < kQuietLooks) return std::optional<std::string>("");
        quiet = 0;
        if (event == said) return std::optional<std::string>(":\n\n");
        said = event;
        return std::optional(std::move(event));
    };
}

Result<Answer> show_job(const JobBook& book, const Call& call) {
    const Job job = TRY(book.store.find(call.text("id"), call.caller));
    if (call.accepts != MediaType::events) return Answer{.body = job_json(job)};
    return Answer{.type = MediaType::events, .pieces = events_of(book, job), .pause = kLookAgain};
}

Result<Answer> cancel_job(const JobBook& book, const Call& call) {
    const Job job = TRY(book.store.cancel(call.text("id"), call.caller, book.now()));
    book.runner.cancelled(job.id);
    return Answer{.body = job_json(job)};
}

Result<Answer> answer_of_job(const JobBook& book, const Call& call) {
    return Answer{.body = TRY(book.store.answer(call.text("id"), call.caller))};
}

using Handle = Result<Answer> (*)(const JobBook&, const Call&);

Handler with(const JobBook* book, Handle handle) {
    return [book, handle](const Call& call, const std::stop_token&) -> Result<Answer> {
        if (book == nullptr)
            return refuse(ProblemCode::not_found, "the server is read-only and keeps no jobs");
        return handle(*book, call);
    };
}

}  // namespace

Result<Answer> put_off(const JobBook& book, const Call& call, std::string kind) {
    if (call.asker_left())
        return refuse(ProblemCode::deadline_missed,
                      "whoever asked has left, and nobody else "
                      "would hear of the job");
    const Job job = TRY(book.store.add(
        {.caller = call.caller, .kind = std::move(kind), .body = call.body}, book.now()));
    book.runner.added();
    return Answer{.body = job_json(job), .status = 202, .location = path_of(job)};
}

std::vector<Route> job_routes(const JobBook* book) {
    const Parameter id = text_in_path("id", "As the answer with status 202 gave it.");
    return {{.path = "/v1/jobs/{id}",
             .name = "showJob",
             .about = "How a job stands. With Accept: text/event-stream, each change as a "
                      "server-sent event until the event \"end\".",
             .scope = Scope::trace,
             .parameters = {id},
             .answer_schema = "Job",
             .gives = {MediaType::json, MediaType::events},
             .handle = with(book, show_job)},
            {.path = "/v1/jobs/{id}/answer",
             .name = "answerOfJob",
             .about = "What the question came to, byte for byte as a request would have had it.",
             .scope = Scope::trace,
             .parameters = {id},
             .answer_schema = "Envelope",
             .handle = with(book, answer_of_job)},
            {.method = Method::remove,
             .path = "/v1/jobs/{id}",
             .name = "cancelJob",
             .about = "Ends a job that waits or runs. One that has ended stays as it is.",
             .scope = Scope::trace,
             .parameters = {id},
             .answer_schema = "Job",
             .handle = with(book, cancel_job)}};
}

}  // namespace wagetrail::server
