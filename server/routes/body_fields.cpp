#include "server/routes/body_fields.h"

namespace wagetrail::server {

using Json = nlohmann::json;

namespace {

constexpr int kDepthMax = 64;

}  // namespace

Result<BodyFields> BodyFields::parse(std::string_view body) {
    // Whatever walks a tree by calling itself would run out of stack in a deep one.
    bool is_deep = false;
    const auto shallow = [&is_deep](int depth, Json::parse_event_t, const Json&) {
        if (depth > kDepthMax) is_deep = true;
        return depth <= kDepthMax;
    };
    Json json = Json::parse(body, shallow, false);
    if (is_deep) return refuse(ProblemCode::bad_body, "the body is nested deeper than 64 levels");
    if (json.is_discarded()) return refuse(ProblemCode::bad_body, "the body is no JSON");
    return of(std::move(json));
}

Result<BodyFields> BodyFields::of(Json json) {
    if (!json.is_object()) return refuse(ProblemCode::bad_body, "the body is no JSON object");
    return BodyFields(std::move(json));
}

const Json* BodyFields::take(const char* name) {
    read_.insert(name);
    const auto found = json_.find(name);
    return found == json_.end() || found->is_null() ? nullptr : &*found;
}

void BodyFields::wrong(const char* name, const std::string& what) {
    if (wrong_.empty()) wrong_ = std::string(name) + " " + what;
}

void BodyFields::read(const char* name, std::string& into) {
    const Json* const json = take(name);
    if (json == nullptr) return;
    if (!json->is_string() || json->get_ref<const std::string&>().empty())
        return wrong(name, "is no text");
    into = json->get<std::string>();
}

void BodyFields::read(const char* name, bool& into) {
    const Json* const json = take(name);
    if (json == nullptr) return;
    if (!json->is_boolean()) return wrong(name, "is neither true nor false");
    into = json->get<bool>();
}

void BodyFields::read(const char* name, std::vector<std::string>& into) {
    const Json* const json = take(name);
    if (json == nullptr) return;
    if (!json->is_array() || json->empty()) return wrong(name, "is no list of texts");
    std::vector<std::string> texts;
    for (const Json& one : *json) {
        if (!one.is_string()) return wrong(name, "is no list of texts");
        texts.push_back(one.get<std::string>());
    }
    into = std::move(texts);
}

std::optional<std::uint64_t> BodyFields::number_at(const char* name,
                                                   std::uint64_t min,
                                                   std::uint64_t max) {
    const Json* const json = take(name);
    if (json == nullptr) return std::nullopt;
    if (json->is_number_unsigned() && json->get<std::uint64_t>() >= min &&
        json->get<std::uint64_t>() <= max)
        return json->get<std::uint64_t>();
    wrong(name, "is no number from " + std::to_string(min) + " to " + std::to_string(max));
    return std::nullopt;
}

Result<void> BodyFields::done() const {
    if (!wrong_.empty()) return refuse(ProblemCode::bad_body, wrong_);
    for (const auto& [name, ignored] : json_.items())
        if (!read_.contains(name))
            return refuse(ProblemCode::bad_body,
                          "the body has a field that the route does not know: " + name,
                          "/openapi.json has its schema");
    return {};
}

}  // namespace wagetrail::server
