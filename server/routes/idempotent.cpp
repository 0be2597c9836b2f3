#include "server/routes/idempotent.h"

#include "chain/base/sha256.h"

namespace wagetrail::server {
namespace {

Result<Answer> once(const Handler& handle,
                    ReplyStore& replies,
                    const ReplyKey& key,
                    Time now,
                    const Call& call,
                    const std::stop_token& stop) {
    auto before = TRY(replies.begin(key, now));
    if (before) return *std::move(before);
    auto answer = handle(call, stop);
    if (answer && (answer->is_put_off() || !stop.stop_requested()))
        replies.keep(key, *answer);
    else
        replies.forget(key);
    return answer;
}

}  // namespace

Route idempotent(Route route, ReplyStore* replies, Now now) {
    route.handle = [handle = std::move(route.handle), path = route.path, replies,
                    now = std::move(now)](const Call& call,
                                          const std::stop_token& stop) -> Result<Answer> {
        if (call.idempotency_key.empty()) return handle(call, stop);
        if (replies == nullptr)
            return refuse(ProblemCode::bad_parameter,
                          "the server is read-only and remembers no Idempotency-Key");
        if (call.accepts != MediaType::json)
            return refuse(ProblemCode::bad_parameter,
                          "an Idempotency-Key goes with answers of JSON alone", "ask for JSON");
        const ReplyKey key{.caller = call.caller,
                           .key = call.idempotency_key,
                           .request = sha256_hex(path + "\n" + call.body)};
        return once(handle, *replies, key, now(), call, stop);
    };
    return route;
}

}  // namespace wagetrail::server
