#include "server/routes/body_fields.h"
#include "server/routes/pins_of.h"
#include "server/routes/routes.h"
#include "server/state/cases.h"

namespace wagetrail::server {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kTitleBytesMax = 200;

std::string path_of(const Case& each) {
    return "/v1/cases/" + each.id;
}

Json head_json(const Case& each) {
    return {{"id", each.id},
            {"title", each.text.title},
            {"revision", each.revision},
            {"created", text(each.created)},
            {"changed", text(each.changed)}};
}

Answer case_answer(const Case& each) {
    Json json = head_json(each);
    json["content"] = Json::parse(each.text.content);
    return Answer{.body = json.dump() + "\n", .location = path_of(each)};
}

/// title and content of a body; revision where a case is changed.
Result<Case> case_of(const std::string& text, bool is_change) {
    auto body = TRY(BodyFields::parse(text));
    Case read{.id = {}, .text = {}, .revision = 0};
    body.read("title", read.text.title);
    if (read.text.title.empty() || read.text.title.size() > kTitleBytesMax)
        body.wrong("title", "is no text of 1 to 200 bytes");
    const Json* const content = body.take("content");
    if (content == nullptr || !content->is_object()) body.wrong("content", "is no object");
    constexpr std::uint64_t kRevisionMax = 1'000'000'000;
    if (is_change) body.read_number("revision", 1, kRevisionMax, read.revision);
    if (is_change && read.revision == 0) body.wrong("revision", "is missing");
    TRY(body.done());
    read.text.content = content->dump();
    return read;
}

Result<Answer> add(CaseStore& store, const Call& call, Time now) {
    return case_answer(TRY(store.add(call.caller, TRY(case_of(call.body, false)).text, now)));
}

Result<Answer> list(CaseStore& store, const Call& call, Time) {
    Json all = Json::array();
    for (const Case& each : TRY(store.all(call.caller))) all.push_back(head_json(each));
    return Answer{.body = Json{{"cases", std::move(all)}}.dump() + "\n"};
}

Result<Answer> show(CaseStore& store, const Call& call, Time) {
    return case_answer(TRY(store.find(call.caller, call.text("id"))));
}

Result<Answer> change(CaseStore& store, const Call& call, Time now) {
    Case changed = TRY(case_of(call.body, true));
    changed.id = call.text("id");
    return case_answer(TRY(store.change(call.caller, changed, now)));
}

Result<Answer> remove(CaseStore& store, const Call& call, Time) {
    return case_answer(TRY(store.remove(call.caller, call.text("id"))));
}

using Handle = Result<Answer> (*)(CaseStore&, const Call&, Time);

}  // namespace

std::vector<Route> case_routes(CaseStore* store, const Now& now) {
    const auto with = [store, now](Handle handle) -> Handler {
        return [store, now, handle](const Call& call, const std::stop_token&) -> Result<Answer> {
            if (store == nullptr)
                return refuse(ProblemCode::not_found, "the server is read-only and keeps no cases");
            return handle(*store, call, now());
        };
    };
    const Parameter id = text_in_path("id", "As the answer that made it gave it.");
    return {{.path = "/v1/cases",
             .name = "listCases",
             .about = "The caller's cases, the ones changed last first, without their content.",
             .scope = Scope::trace,
             .answer_schema = "Cases",
             .handle = with(list)},
            {.method = Method::post,
             .path = "/v1/cases",
             .name = "addCase",
             .about = "Keeps an investigation: a title, and whatever the explorer wants to find "
                      "again.",
             .scope = Scope::trace,
             .body_schema = "NewCase",
             .answer_schema = "Case",
             .handle = with(add)},
            {.path = "/v1/cases/{id}",
             .name = "showCase",
             .about = "A case with its content.",
             .scope = Scope::trace,
             .parameters = {id},
             .answer_schema = "Case",
             .handle = with(show)},
            {.method = Method::post,
             .path = "/v1/cases/{id}",
             .name = "changeCase",
             .about = "Replaces title and content. The revision must be the one that was read, so "
                      "that nobody's work is overwritten unseen.",
             .scope = Scope::trace,
             .parameters = {id},
             .body_schema = "ChangedCase",
             .answer_schema = "Case",
             .handle = with(change)},
            {.method = Method::remove,
             .path = "/v1/cases/{id}",
             .name = "removeCase",
             .about = "Deletes a case for good; the answer is what it was.",
             .scope = Scope::trace,
             .parameters = {id},
             .answer_schema = "Case",
             .handle = with(remove)}};
}

}  // namespace wagetrail::server
