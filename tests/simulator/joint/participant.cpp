#include "tests/simulator/joint/participant.h"

#include <algorithm>

namespace wagetrail::simulator {
namespace {

constexpr Amount kPoor(80'000'000);
constexpr std::size_t kTogetherMax = 4;

}  // namespace

Participant::Participant(Town& town, std::string name, Software software)
    : Actor(town.world, std::move(name), Role::user, AddressKind::p2wpkh, software), town_(town) {
    world().repeat(kDay, 3 * kDay, 8 * kDay, [this] { buy(); });
    world().repeat(12 * kDay, 3 * kDay, 9 * kDay, [this] { spend_mixed(); });
}

Address Participant::fresh(Use use, AddressKind kind) {
    return world().new_address(owner(), use, kind);
}

void Participant::buy() {
    if (world().balance(owner()) >= kPoor) return;
    for (std::uint64_t left = rng().between(2, 3); left > 0; --left)
        town_.exchange.withdraw(fresh(Use::receive),
                                Amount(rng().between(20'000'000, 140'000'000)));
}

void Participant::spend_mixed() {
    std::vector<Coin> coins = mixed();
    if (coins.empty()) return;
    rng().shuffle(coins);
    const std::size_t together =
        rng().percent(70) ? 1 : std::min<std::size_t>(coins.size(), rng().between(2, kTogetherMax));
    coins.resize(together);
    const Amount price = priced(rng(), rng().share(sum_of(coins), 30, 80));
    (void)world().pay(owner(), {{rng().pick(town_.shops)->till(), price, Purpose::purchase}},
                      {.spend_first = coins});
}

std::vector<Participant*> shuffled(const Crowd& crowd, Rng& rng) {
    std::vector<Participant*> order;
    for (const auto& one : crowd) order.push_back(one.get());
    rng.shuffle(order);
    return order;
}

Amount sum_of(const std::vector<Coin>& coins) {
    Amount sum;
    for (const Coin& coin : coins) sum += coin.amount;
    return sum;
}

std::vector<Coin> largest_reaching(std::vector<Coin> coins, Amount amount, std::size_t most) {
    std::stable_sort(coins.begin(), coins.end(),
                     [](const Coin& a, const Coin& b) { return a.amount > b.amount; });
    Amount sum;
    std::size_t count = 0;
    while (count < coins.size() && sum < amount) sum += coins[count++].amount;
    coins.resize(sum < amount || count > most ? 0 : count);
    return coins;
}

}  // namespace wagetrail::simulator
