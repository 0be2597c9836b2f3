#include "server/http/router.h"

#include "chain/base/join_words.h"
#include "chain/base/number.h"

#include <algorithm>

namespace wagetrail::server {
namespace {

bool is_variable(std::string_view segment) {
    return segment.starts_with('{');
}

std::string_view variable(std::string_view segment) {
    return segment.substr(1, segment.size() - 2);
}

std::vector<std::string> segments_of(std::string_view path) {
    std::vector<std::string> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        if (end > 0) segments.emplace_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return segments;
}

std::string known_names(const Route& route) {
    std::vector<std::string> names;
    for (const Parameter& parameter : route.parameters)
        if (parameter.in == In::query) names.push_back(parameter.name);
    return "it takes " + (names.empty() ? "none" : join_words(names));
}

std::unexpected<Problem> bad(const Parameter& parameter, const std::string& what) {
    return refuse(ProblemCode::bad_parameter, parameter.name + " " + what, parameter.about);
}

Result<void> check(const Parameter& parameter, const std::string& text) {
    switch (parameter.kind) {
        case Kind::number: {
            const auto number = parse_number(text);
            if (!number || *number < parameter.min || *number > parameter.max)
                return bad(parameter, "is not a number from " + std::to_string(parameter.min) +
                                          " to " + std::to_string(parameter.max));
            return {};
        }
        case Kind::flag:
            // Some clients write them as their language does: True.
            if (!equal_without_case(text, "true") && !equal_without_case(text, "false"))
                return bad(parameter, "is neither true nor false");
            return {};
        case Kind::choice:
            if (std::ranges::find(parameter.choices, text) == parameter.choices.end())
                return bad(parameter, "is none of " + join_words(parameter.choices));
            return {};
        case Kind::text:
            if (text.empty()) return bad(parameter, "is empty");
            if (text.size() > parameter.max)
                return bad(parameter, "is longer than " + std::to_string(parameter.max) + " bytes");
            return {};
    }
    return {};
}

const Parameter* parameter_of(const Route& route, In in, std::string_view name) {
    for (const Parameter& parameter : route.parameters)
        if (parameter.in == in && parameter.name == name) return &parameter;
    return nullptr;
}

Result<void> take(
    const Route& route, In in, const std::string& name, const std::string& text, Call& call) {
    const Parameter* const parameter = parameter_of(route, in, name);
    if (parameter == nullptr)
        return refuse(ProblemCode::bad_parameter, "the route has no parameter \"" + name + "\"",
                      known_names(route));
    if (auto checked = check(*parameter, text); !checked) return checked;
    if (!call.parameters.emplace(name, text).second)
        return refuse(ProblemCode::bad_parameter, name + " is given twice");
    return {};
}

}  // namespace

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::post:
            return "POST";
        case Method::remove:
            return "DELETE";
    }
    return {};
}

const std::string& Call::text(std::string_view name) const {
    static const std::string nothing;
    const auto found = parameters.find(name);
    return found == parameters.end() ? nothing : found->second;
}

std::uint64_t Call::number(std::string_view name) const {
    return parse_number(text(name)).value_or(0);
}

bool Call::flag(std::string_view name) const {
    return equal_without_case(text(name), "true");
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
    for (const Route& route : routes_) patterns_.push_back(segments_of(route.path));
}

/// A path that a route has word by word goes before one with a variable in its place.
std::vector<std::size_t> Router::routes_of(const Target& target) const {
    std::vector<std::size_t> found;
    std::size_t fewest = 0;
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
        const auto& segments = patterns_[i];
        if (segments.size() != target.segments.size()) continue;
        std::size_t variables = 0;
        const bool fits = std::ranges::equal(segments, target.segments,
                                             [&](const auto& ours, const auto& theirs) {
                                                 if (is_variable(ours)) ++variables;
                                                 return is_variable(ours) || ours == theirs;
                                             });
        if (!fits || (!found.empty() && variables > fewest)) continue;
        if (!found.empty() && variables < fewest) found.clear();
        fewest = variables;
        found.push_back(i);
    }
    return found;
}

std::string Router::allowed(const Target& target) const {
    std::string methods;
    for (const std::size_t route : routes_of(target))
        methods += std::string(name_of(routes_[route].method)) +
                   (routes_[route].method == Method::get ? ", HEAD, " : ", ");
    return methods.empty() ? methods : methods + "OPTIONS";
}

Result<Router::Match> Router::match(std::string_view method,
                                    const Target& target,
                                    const HeaderFields& headers) const {
    const std::vector<std::size_t> paths = routes_of(target);
    if (paths.empty() || target.ends_in_slash)
        return refuse(ProblemCode::no_such_route, "there is no such path",
                      "GET /openapi.json has all of them");
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    const auto found = std::ranges::find_if(
        paths, [&](std::size_t i) { return name_of(routes_[i].method) == wanted; });
    if (found == paths.end()) {
        Problem problem(ProblemCode::method_not_allowed, "the path does not take this method");
        problem.allow = allowed(target);
        return std::unexpected(std::move(problem));
    }
    const Route& route = routes_[*found];
    Match match{.route = *found, .call = {}};
    const auto& segments = patterns_[*found];
    for (std::size_t i = 0; i < segments.size(); ++i)
        if (is_variable(segments[i]))
            if (auto taken = take(route, In::path, std::string(variable(segments[i])),
                                  target.segments[i], match.call);
                !taken)
                return std::unexpected(std::move(taken).error());
    for (const auto& [name, text] : target.query)
        if (auto taken = take(route, In::query, name, text, match.call); !taken)
            return std::unexpected(std::move(taken).error());
    for (const Parameter& parameter : route.parameters) {
        if (parameter.is_required && !match.call.parameters.contains(parameter.name))
            return bad(parameter, "is missing");
        if (!parameter.otherwise.empty())
            match.call.parameters.emplace(parameter.name, parameter.otherwise);
    }
    const auto accepted = choose(headers.joined("Accept"), route.gives);
    if (!accepted)
        return refuse(ProblemCode::not_acceptable, "the route gives no media type of the Accept",
                      "send Accept: " + std::string(name_of(route.gives.front())));
    match.call.accepts = *accepted;
    return match;
}

}  // namespace wagetrail::server
