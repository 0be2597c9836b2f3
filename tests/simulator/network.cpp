#include "tests/simulator/network.h"

#include <algorithm>

namespace wagetrail::simulator {
namespace {

constexpr Amount kNotWorthMoving(1'000'000);
constexpr std::uint64_t kMostHops = 3;

std::int64_t hours_between(Rng& rng, std::uint64_t low, std::uint64_t high) {
    return static_cast<std::int64_t>(rng.between(low, high)) * kHour;
}

bool still_there(const World& world, OwnerId owner, Use use, const Coin& coin) {
    const std::vector<Coin> coins = world.coins(owner, use);
    return std::any_of(coins.begin(), coins.end(),
                       [&](const Coin& one) { return one.at == coin.at; });
}

}  // namespace

ListedActor::ListedActor(Town& town, std::string name, AddressKind kind)
    : town_(town), self_(town.world.add_owner(std::move(name), Role::listed, kind)) {}

Address ListedActor::add_address(AddressKind kind) {
    addresses_.push_back(town_.world.new_address(self_, Use::listed, kind));
    return addresses_.back();
}

void ListedActor::received(const Coin& coin) {
    if (!town_.world.rng().percent(35)) return;
    town_.world.after(hours_between(town_.world.rng(), 40, 300), [this, coin] {
        if (!still_there(town_.world, self_, Use::listed, coin)) return;
        const Amount fee = town_.world.fee(1, 1);
        const Address deposit = town_.exchange.deposit_address(self_);
        town_.world.send({coin}, {{deposit, coin.amount - fee, Purpose::exchange_deposit}});
    });
}

Consolidator::Consolidator(Town& town,
                           std::string name,
                           AddressKind kind,
                           Collects collects,
                           std::vector<ListedActor*> serves)
    : town_(town),
      self_(town.world.add_owner(std::move(name), Role::consolidator, kind)),
      collects_(collects),
      fixed_(town.world.new_address(self_, Use::collector)),
      serves_(std::move(serves)) {
    town_.world.repeat(9 * kDay, 5 * kDay, 10 * kDay, [this] { distribute(); });
    // Clean coins to blend in.
    town_.world.repeat(6 * kDay, 15 * kDay, 25 * kDay, [this] {
        const Address own = town_.world.new_address(self_, Use::receive);
        town_.exchange.withdraw(own, Amount(town_.world.rng().between(30'000'000, 200'000'000)));
    });
}

Address Consolidator::collector() {
    return collects_ == Collects::at_one_address ? fixed_
                                                 : town_.world.new_address(self_, Use::collector);
}

void Consolidator::distribute() {
    constexpr std::size_t kMostInputs = 12;
    World& world = town_.world;
    Rng& rng = world.rng();
    std::vector<Coin> gathered = world.coins(self_, Use::collector);
    if (gathered.empty()) return;
    const std::vector<Coin> clean = world.coins(self_, Use::receive);
    if (!clean.empty() && rng.percent(60)) gathered.push_back(clean.front());
    rng.shuffle(gathered);
    if (gathered.size() > kMostInputs) gathered.resize(kMostInputs);

    Amount sum;
    for (const Coin& coin : gathered) sum += coin.amount;
    if (sum < kNotWorthMoving) return;
    ListedActor& party = *rng.pick(serves_);
    std::vector<Payment> payments = {
        {party.any_address(), rng.share(sum, 50, 75), Purpose::sanctioned_deposit}};
    if (rng.percent(50))
        payments.push_back({town_.exchange.deposit_address(self_), rng.share(sum, 5, 20),
                            Purpose::exchange_deposit});
    if (rng.percent(30))
        payments.push_back(
            {rng.pick(town_.shops)->till(), rng.share(sum, 1, 3), Purpose::purchase});
    const auto sent = world.pay(self_, payments, {.spend_first = gathered});
    if (sent) party.received(sent->coins.front());
}

Remitter::Remitter(Town& town, std::string name, AddressKind kind, Consolidator& consolidator)
    : town_(town),
      self_(town.world.add_owner(std::move(name), Role::remitter, kind)),
      payout_(town.world.new_address(self_, Use::payout)),
      delivery_(consolidator.collector()) {
    town_.world.repeat(3 * kDay, 12 * kDay, 24 * kDay, [this] {
        const Address own = town_.world.new_address(self_, Use::receive);
        town_.exchange.withdraw(own, Amount(town_.world.rng().between(20'000'000, 120'000'000)));
    });
}

void Remitter::paid(const Coin& salary) {
    Rng& rng = town_.world.rng();
    town_.world.after(hours_between(rng, 4, 96), [this, salary] { forward(salary); });
    spend_over_days(town_, self_, scaled(salary.amount, Amount(1), Amount(4)), rng.between(0, 2));
}

void Remitter::forward(const Coin& salary) {
    World& world = town_.world;
    Rng& rng = world.rng();
    if (!still_there(world, self_, Use::payout, salary)) return;
    std::vector<Coin> inputs = {salary};
    const std::vector<Coin> clean = world.coins(self_, Use::receive);
    if (!clean.empty() && rng.percent(45)) inputs.push_back(rng.pick(clean));
    rng.shuffle(inputs);

    const std::uint64_t hops = rng.between(1, kMostHops);
    const Payment first = next_stop(rng.share(salary.amount, 70, 95), hops - 1);
    const auto sent = world.pay(self_, {first}, {.spend_first = inputs});
    if (sent && hops > 1) plan_hop(sent->coins.front(), hops - 1);
}

Payment Remitter::next_stop(Amount amount, std::uint64_t hops_left) {
    if (hops_left == 0) return {delivery_, amount, Purpose::consolidation};
    return {town_.world.new_address(self_, Use::hop), amount, Purpose::remittance};
}

void Remitter::plan_hop(const Coin& coin, std::uint64_t hops_left) {
    const std::int64_t pause = hours_between(town_.world.rng(), 1, 48);
    town_.world.after(pause, [this, coin, hops_left] { hop(coin, hops_left); });
}

void Remitter::hop(const Coin& coin, std::uint64_t hops_left) {
    World& world = town_.world;
    if (!still_there(world, self_, Use::hop, coin)) return;
    const bool split = world.rng().percent(20);
    const Amount rest = coin.amount - world.fee(1, split ? 2 : 1);
    std::vector<Payment> payments;
    if (split) {
        const Amount part = world.rng().share(rest, 35, 65);
        payments.push_back(next_stop(part, hops_left - 1));
        payments.push_back(next_stop(rest - part, hops_left - 1));
    } else {
        payments.push_back(next_stop(rest, hops_left - 1));
    }
    const Sent sent = world.send({coin}, payments);
    if (hops_left < 2) return;
    for (const Coin& next : sent.coins) plan_hop(next, hops_left - 1);
}

}  // namespace wagetrail::simulator
