#include "server/http/scope.h"

#include "chain/base/join_words.h"

#include <algorithm>

namespace wagetrail::server {
namespace {

constexpr std::array kKeyScopes{Scope::lists, Scope::chain, Scope::exposure, Scope::trace,
                                Scope::metrics};

}  // namespace

std::string_view name_of(Scope scope) {
    switch (scope) {
        case Scope::open:
            return "open";
        case Scope::lists:
            return "lists";
        case Scope::chain:
            return "chain";
        case Scope::exposure:
            return "exposure";
        case Scope::trace:
            return "trace";
        case Scope::metrics:
            return "metrics";
    }
    return {};
}

std::span<const Scope> key_scopes() {
    return kKeyScopes;
}

Scopes Scopes::all() {
    Scopes scopes;
    for (const Scope scope : kKeyScopes) scopes.bits_ |= bit(scope);
    return scopes;
}

Expected<Scopes> Scopes::parse(const std::vector<std::string>& names) {
    Scopes scopes;
    for (const std::string& name : names) {
        const auto found =
            std::ranges::find_if(kKeyScopes, [&](Scope scope) { return name_of(scope) == name; });
        if (found == kKeyScopes.end())
            return fail(ErrorCode::invalid,
                        "\"" + name + "\" is no scope; they are " + join_words(all().names()));
        scopes.bits_ |= bit(*found);
    }
    if (scopes.bits_ == 0)
        return fail(ErrorCode::invalid,
                    "a key needs a scope; they are " + join_words(all().names()));
    return scopes;
}

std::vector<std::string> Scopes::names() const {
    std::vector<std::string> names;
    for (const Scope scope : kKeyScopes)
        if (allow(scope)) names.emplace_back(name_of(scope));
    return names;
}

}  // namespace wagetrail::server
