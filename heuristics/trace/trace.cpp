#include "heuristics/trace/trace.h"

namespace wagetrail {

std::string_view name(StopReason reason) {
    switch (reason) {
        case StopReason::unspent:
            return "unspent";
        case StopReason::mined:
            return "mined";
        case StopReason::service:
            return "service";
        case StopReason::possible_service:
            return "possible_service";
        case StopReason::coinjoin:
            return "coinjoin";
        case StopReason::mweb:
            return "mweb";
        case StopReason::unspendable:
            return "unspendable";
        case StopReason::other_payout:
            return "other_payout";
        case StopReason::max_hops:
            return "max_hops";
        case StopReason::value_floor:
            return "value_floor";
        case StopReason::time_window:
            return "time_window";
    }
    CHECK(false);
}

std::string_view name(Direction direction) {
    return direction == Direction::forward ? "forward" : "backward";
}

Amount Stop::amount() const {
    Amount sum;
    for (const SourceShare& share : shares) sum += share.amount;
    return sum;
}

Amount Leg::traced() const {
    Amount sum;
    for (const Lot& lot : lots)
        if (lot.source) sum += lot.quantity;
    return sum;
}

bool Sums::balanced() const {
    return amount == reached + stopped + residual + fees;
}

Sums& Sums::operator+=(const Sums& other) {
    amount += other.amount;
    reached += other.reached;
    stopped += other.stopped;
    residual += other.residual;
    fees += other.fees;
    return *this;
}

}  // namespace wagetrail
