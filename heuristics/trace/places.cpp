#include "heuristics/trace/places.h"

namespace wagetrail {

Expected<const Places::AtAddress*> Places::address(AddrId id) {
    const auto known = addresses_.find(id);
    if (known != addresses_.end()) return &known->second;
    return &addresses_.emplace(id, TRY(ask(id))).first->second;
}

Expected<Places::AtAddress> Places::ask(AddrId id) const {
    const Address address = TRY(view_.address(id));
    AtAddress answer;
    if (is_unspendable(address))
        answer.cause = StopCause{StopReason::unspendable, ""};
    else if (is_mweb(address))
        answer.cause = StopCause{StopReason::mweb, ""};
    else if (context_.is_target)
        answer.is_target = TRY(context_.is_target(id));
    if (!answer.cause && !answer.is_target && context_.service)
        answer.cause = TRY(context_.service(id));
    return answer;
}

Expected<const Places::AtTransaction*> Places::transaction(TxId id) {
    const auto known = transactions_.find(id);
    if (known != transactions_.end()) return &known->second;
    AtTransaction answer{.place = TRY(view_.place(id)), .time = {}, .cause = std::nullopt};
    answer.time = TRY(time_at(answer.place.height));
    if (context_.mixing) answer.cause = TRY(context_.mixing(answer.place));
    return &transactions_.emplace(id, std::move(answer)).first->second;
}

Expected<Time> Places::time_of(OutId out) const {
    return time_at(TRY(view_.place_of(out)).height);
}

Expected<Time> Places::time_at(Height height) const {
    return Time{TRY(view_.block(height)).header.time};
}

}  // namespace wagetrail
