#include "server/state/doorman.h"

namespace wagetrail::server {
namespace {

/// Empty: none came.
std::string_view presented(const HeaderFields& headers) {
    constexpr std::string_view kBearer = "Bearer ";
    if (const auto key = headers.find("X-API-Key")) return *key;
    std::string_view text = headers.find("Authorization").value_or("");
    if (text.size() >= kBearer.size() &&
        equal_without_case(text.substr(0, kBearer.size()), kBearer))
        text.remove_prefix(kBearer.size());
    return text;
}

}  // namespace

void Doorman::use(std::shared_ptr<const KeyRing> keys) {
    const std::scoped_lock lock(mutex_);
    keys_ = std::move(keys);
}

Result<Caller> Doorman::admit(const HeaderFields& headers) const {
    if (headers.count("Authorization") + headers.count("X-API-Key") > 1)
        return refuse(ProblemCode::unauthorized, "more than one key came; who asks must be clear",
                      "send one, as Authorization: Bearer KEY or as X-API-Key");
    const std::string_view text = presented(headers);
    if (text.empty()) {
        if (!needs_key_) return Caller{};
        return Caller{.name = {}, .scopes = Scopes()};
    }
    std::shared_ptr<const KeyRing> keys;
    {
        const std::scoped_lock lock(mutex_);
        keys = keys_;
    }
    const Key* const key = keys->find(text);
    if (key == nullptr)
        return refuse(ProblemCode::unauthorized, "the key is no key of this server, or was revoked",
                      "whoever runs the server makes one");
    Caller caller{.name = key->name, .scopes = key->scopes};
    if (key->per_second > 0)
        caller.rate = Rate{.per_second = key->per_second, .burst = key->per_second * 2};
    return caller;
}

}  // namespace wagetrail::server
