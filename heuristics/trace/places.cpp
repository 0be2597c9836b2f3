#include "heuristics/trace/places.h"

namespace wagetrail {
namespace {

constexpr std::size_t kKept = 200'000;

/// As walks go on along the chain, what was asked long ago comes no more.
template <class Key, class Answer>
const Answer& keep(std::unordered_map<Key, Answer>& known, Key key, Answer answer) {
    if (known.size() >= kKept) known.clear();
    return known.emplace(key, std::move(answer)).first->second;
}

}  // namespace

Expected<const Places::AtAddress*> Places::address(AddrId id, bool is_spent) {
    const auto known = addresses_.find(id);
    if (known != addresses_.end()) return &known->second;
    return &keep(addresses_, id, TRY(ask(id, is_spent)));
}

Expected<Places::AtAddress> Places::ask(AddrId id, bool is_spent) const {
    AtAddress answer;
    // The script is a read of its own, and seldom needed: most outputs are spent.
    if (!is_spent || params(view_.ledger()).mweb) answer.cause = TRY(by_script(id));
    if (!answer.cause && context_.is_target) answer.is_target = TRY(context_.is_target(id));
    if (!answer.cause && !answer.is_target && context_.service)
        answer.cause = TRY(context_.service(id));
    return answer;
}

Expected<std::optional<StopCause>> Places::by_script(AddrId id) const {
    const Address address = TRY(view_.address(id));
    if (is_unspendable(address)) return std::optional(StopCause{StopReason::unspendable, ""});
    if (is_mweb(address)) return std::optional(StopCause{StopReason::mweb, ""});
    return std::optional<StopCause>();
}

Expected<std::optional<StopCause>> Places::mixing(TxId id) {
    if (!context_.mixing) return std::optional<StopCause>();
    const auto known = transactions_.find(id);
    if (known != transactions_.end()) return known->second;
    return keep(transactions_, id, TRY(context_.mixing(id)));
}

Expected<Time> Places::time_of(TxId id) const {
    return Time{TRY(view_.block(TRY(view_.place(id)).height)).header.time};
}

Expected<Time> Places::time_of(OutId out) const {
    return Time{TRY(view_.block(TRY(view_.place_of(out)).height)).header.time};
}

}  // namespace wagetrail
