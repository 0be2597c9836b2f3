#include "tests/simulator/promoter.h"

namespace wagetrail::simulator {
namespace {

constexpr std::size_t kCoins = 4;

}  // namespace

Promoter::Promoter(Town& town, std::string name, const std::vector<std::unique_ptr<User>>& users)
    : Actor(town.world, std::move(name), Role::user, AddressKind::p2wpkh, Software::custody),
      town_(town),
      users_(users) {
    world().repeat(4 * kDay, 8 * kDay, 14 * kDay, [this] {
        for (std::size_t n = 0; n < kCoins; ++n)
            town_.exchange.withdraw(world().new_address(owner(), Use::receive),
                                    Amount(rng().between(40'000'000, 90'000'000)));
    });
    world().repeat(9 * kDay, 8 * kDay, 14 * kDay, [this] { give(); });
}

void Promoter::give() {
    const std::vector<Coin> coins = world().coins(owner());
    if (coins.size() < kCoins) return;
    const std::vector<Coin> spent(coins.begin(), coins.begin() + kCoins);
    Amount sum;
    for (const Coin& coin : spent) sum += coin.amount;
    const std::uint64_t count = rng().between(5, 12);
    const Amount each = priced(rng(), scaled(sum, Amount(85), Amount(100 * count)));
    std::vector<Payment> gifts;
    for (std::uint64_t n = 0; n < count; ++n)
        gifts.push_back({rng().pick(users_)->receive(), each, Purpose::giveaway});
    const Amount rest = sum - Amount(each.units() * count) - world().fee(kCoins, count + 1);
    gifts.push_back({world().new_address(owner(), Use::change), rest, Purpose::change});
    world().send(spent, gifts, {.kind = TxKind::giveaway});
}

}  // namespace wagetrail::simulator
