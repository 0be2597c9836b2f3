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
    : Actor(town.world, std::move(name), Role::listed, kind), town_(town) {}

Address ListedActor::add_address(AddressKind kind) {
    addresses_.push_back(world().new_address(owner(), Use::listed, kind));
    return addresses_.back();
}

void ListedActor::received(const Coin& coin) {
    if (!rng().percent(35)) return;
    world().after(hours_between(rng(), 40, 300), [this, coin] {
        if (!still_there(world(), owner(), Use::listed, coin)) return;
        const Amount fee = world().fee(1, 1);
        const Address deposit = town_.exchange.deposit_address(owner());
        world().send({coin}, {{deposit, coin.amount - fee, Purpose::exchange_deposit}});
    });
}

Consolidator::Consolidator(Town& town,
                           std::string name,
                           AddressKind kind,
                           Collects collects,
                           std::vector<ListedActor*> serves)
    : Actor(town.world, std::move(name), Role::consolidator, kind),
      town_(town),
      collects_(collects),
      fixed_(town.world.new_address(owner(), Use::collector)),
      serves_(std::move(serves)) {
    world().repeat(9 * kDay, 5 * kDay, 10 * kDay, [this] { distribute(); });
    // Clean coins to blend in.
    world().repeat(6 * kDay, 15 * kDay, 25 * kDay, [this] {
        const Address own = world().new_address(owner(), Use::receive);
        town_.exchange.withdraw(own, Amount(rng().between(30'000'000, 200'000'000)));
    });
}

Address Consolidator::collector() {
    return collects_ == Collects::at_one_address ? fixed_
                                                 : world().new_address(owner(), Use::collector);
}

void Consolidator::distribute() {
    constexpr std::size_t kMostInputs = 12;
    std::vector<Coin> gathered = world().coins(owner(), Use::collector);
    if (gathered.empty()) return;
    const std::vector<Coin> clean = world().coins(owner(), Use::receive);
    if (!clean.empty() && rng().percent(60)) gathered.push_back(clean.front());
    rng().shuffle(gathered);
    if (gathered.size() > kMostInputs) gathered.resize(kMostInputs);

    Amount sum;
    for (const Coin& coin : gathered) sum += coin.amount;
    if (sum < kNotWorthMoving) return;
    ListedActor& party = *rng().pick(serves_);
    std::vector<Payment> payments = {
        {party.any_address(), rng().share(sum, 50, 75), Purpose::sanctioned_deposit}};
    if (rng().percent(50))
        payments.push_back({town_.exchange.deposit_address(owner()), rng().share(sum, 5, 20),
                            Purpose::exchange_deposit});
    if (rng().percent(30))
        payments.push_back(
            {rng().pick(town_.shops)->till(), rng().share(sum, 1, 3), Purpose::purchase});
    const auto sent = world().pay(owner(), payments, {.spend_first = gathered});
    if (sent) party.received(sent->coins.front());
}

Remitter::Remitter(Town& town, std::string name, AddressKind kind, Consolidator& consolidator)
    : Actor(town.world, std::move(name), Role::remitter, kind),
      town_(town),
      payout_(town.world.new_address(owner(), Use::payout)),
      delivery_(consolidator.collector()) {
    world().repeat(3 * kDay, 12 * kDay, 24 * kDay, [this] {
        const Address own = world().new_address(owner(), Use::receive);
        town_.exchange.withdraw(own, Amount(rng().between(20'000'000, 120'000'000)));
    });
}

void Remitter::paid(const Coin& salary) {
    world().after(hours_between(rng(), 4, 96), [this, salary] { forward(salary); });
    spend_over_days(town_, owner(), scaled(salary.amount, Amount(1), Amount(4)),
                    rng().between(0, 2));
}

void Remitter::forward(const Coin& salary) {
    if (!still_there(world(), owner(), Use::payout, salary)) return;
    std::vector<Coin> inputs = {salary};
    const std::vector<Coin> clean = world().coins(owner(), Use::receive);
    if (!clean.empty() && rng().percent(45)) inputs.push_back(rng().pick(clean));
    rng().shuffle(inputs);

    const std::uint64_t hops = rng().between(1, kMostHops);
    const Payment first = next_stop(rng().share(salary.amount, 70, 95), hops - 1);
    const auto sent = world().pay(owner(), {first}, {.spend_first = inputs});
    if (sent && hops > 1) plan_hop(sent->coins.front(), hops - 1);
}

Payment Remitter::next_stop(Amount amount, std::uint64_t hops_left) {
    if (hops_left == 0) return {delivery_, amount, Purpose::consolidation};
    return {world().new_address(owner(), Use::hop), amount, Purpose::remittance};
}

void Remitter::plan_hop(const Coin& coin, std::uint64_t hops_left) {
    const std::int64_t pause = hours_between(rng(), 1, 48);
    world().after(pause, [this, coin, hops_left] { hop(coin, hops_left); });
}

void Remitter::hop(const Coin& coin, std::uint64_t hops_left) {
    if (!still_there(world(), owner(), Use::hop, coin)) return;
    const bool split = rng().percent(20);
    const Amount rest = coin.amount - world().fee(1, split ? 2 : 1);
    std::vector<Payment> payments;
    if (split) {
        const Amount part = rng().share(rest, 35, 65);
        payments.push_back(next_stop(part, hops_left - 1));
        payments.push_back(next_stop(rest - part, hops_left - 1));
    } else {
        payments.push_back(next_stop(rest, hops_left - 1));
    }
    const Sent sent = world().send({coin}, payments);
    if (hops_left < 2) return;
    for (const Coin& next : sent.coins) plan_hop(next, hops_left - 1);
}

}  // namespace wagetrail::simulator
