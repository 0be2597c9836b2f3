#include "tests/simulator/mixer.h"

namespace wagetrail::simulator {
namespace {

constexpr Amount kSmallestRest(200'000);
constexpr std::size_t kPeelsAtOnce = 4;

}  // namespace

Mixer::Mixer(Town& town, std::string name)
    : Actor(town.world, std::move(name), Role::mixer, AddressKind::p2pkh, Software::custody) {
    // Coins of its own to begin with.
    for (int n = 0; n < 3; ++n)
        world().after(2 * kDay, [this, &town] {
            town.exchange.withdraw(world().new_address(owner(), Use::hop),
                                   Amount(rng().between(150'000'000, 400'000'000)));
        });
    world().repeat(5 * kDay, 6 * kHour, 30 * kHour, [this] { pay_out(); });
}

void Mixer::mix(OwnerId customer, Amount amount, const std::vector<Address>& back) {
    const Address deposit = world().new_address(owner(), Use::deposit, std::nullopt, customer);
    if (!world().pay(customer, {{deposit, amount, Purpose::mixer_deposit}})) return;
    Amount left = amount - rng().share(amount, 1, 3);
    for (std::size_t n = 0; n < back.size(); ++n) {
        const Amount part = n + 1 == back.size() ? left : rng().share(left, 30, 70);
        left -= part;
        const auto hours = static_cast<std::int64_t>(rng().between(6, 90));
        world().after(hours * kHour, [this, customer, part, to = back[n]] {
            orders_.push_back({customer, to, part});
        });
    }
}

/// The chain on its way first; else the deposit of another customer begins a new one.
std::optional<Coin> Mixer::coin_for(const Order& order) const {
    const Amount needed = order.amount + kSmallestRest;
    for (const Coin& coin : world().coins(owner(), Use::hop))
        if (coin.amount >= needed) return coin;
    for (const Coin& coin : world().coins(owner(), Use::deposit))
        if (coin.amount >= needed && world().customer_of(coin.address) != order.customer)
            return coin;
    return std::nullopt;
}

void Mixer::pay_out() {
    for (std::size_t n = 0; n < kPeelsAtOnce && !orders_.empty(); ++n) {
        const Order order = orders_.front();
        orders_.pop_front();
        const auto coin = coin_for(order);
        if (!coin) {
            orders_.push_back(order);  // another day
            continue;
        }
        const Amount fee = world().fee(1, 2);
        world().send({*coin}, {{order.to, order.amount, Purpose::mixer_payout},
                               {world().new_address(owner(), Use::hop),
                                coin->amount - order.amount - fee, Purpose::change}});
    }
}

}  // namespace wagetrail::simulator
