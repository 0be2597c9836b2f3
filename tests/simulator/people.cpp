#include "tests/simulator/people.h"

namespace wagetrail::simulator {
namespace {

constexpr std::size_t kJoiners = 5;
constexpr Amount kSmallest(100'000);  // nobody bothers to pay less
constexpr unsigned kOneAddressPercent = 20;

std::int64_t hours_between(Rng& rng, std::uint64_t low, std::uint64_t high) {
    return static_cast<std::int64_t>(rng.between(low, high)) * kHour;
}

}  // namespace

Shop::Shop(
    World& world, Exchange& exchange, std::string name, AddressKind kind, Addresses addresses)
    : Actor(world, std::move(name), Role::shop, kind),
      deposit_(exchange.deposit_address(owner())),
      addresses_(addresses),
      fixed_(world.new_address(owner(), Use::receive)) {
    world.repeat(5 * kDay, 2 * kDay, 5 * kDay, [this] { bank(); });
}

Address Shop::till() {
    return addresses_ == Addresses::reused ? fixed_ : world().new_address(owner(), Use::receive);
}

void Shop::bank() {
    constexpr std::size_t kMostInputs = 30;
    std::vector<Coin> takings = world().coins(owner());
    if (takings.size() > kMostInputs) takings.resize(kMostInputs);
    Amount sum;
    for (const Coin& coin : takings) sum += coin.amount;
    const Amount fee = world().fee(takings.size(), 1);
    if (sum <= fee + kSmallest) return;
    world().send(takings, {{deposit_, sum - fee, Purpose::exchange_deposit}});
}

Amount priced(Rng& rng, Amount about) {
    const std::uint64_t choice = rng.below(100);
    std::uint64_t step = 1;
    if (choice < 50) step = 10'000;
    if (choice < 35) step = 100'000;
    if (choice < 20) step = 1'000'000;
    if (about.units() < 2 * step) return about;
    return Amount(about.units() / step * step);
}

void spend_over_days(Town& town, OwnerId buyer, Amount about, std::uint64_t purchases) {
    for (std::uint64_t i = 0; i < purchases; ++i) {
        Rng& rng = town.world.rng();
        const Amount price = priced(rng, rng.share(about, 2, 14) + kSmallest);
        town.world.after(hours_between(town.world.rng(), 6, 240), [&town, buyer, price] {
            const Address till = town.world.rng().pick(town.shops)->till();
            (void)town.world.pay(buyer, {{till, price, Purpose::purchase}});
        });
    }
}

Worker::Worker(Town& town, std::string name, AddressKind kind)
    : Actor(town.world, std::move(name), Role::worker, kind),
      town_(town),
      payout_(town.world.new_address(owner(), Use::payout)) {}

void Worker::paid(const Coin& salary) {
    spend_over_days(town_, owner(), salary.amount, rng().between(2, 5));
    if (rng().percent(80)) {
        const Amount part = rng().share(salary.amount, 30, 65);
        world().after(hours_between(rng(), 12, 120), [this, part] {
            const Address deposit = town_.exchange.deposit_address(owner());
            (void)world().pay(owner(), {{deposit, part, Purpose::exchange_deposit}});
        });
    }
    if (rng().percent(25)) {
        world().after(hours_between(rng(), 24, 200), [this] {
            const Amount most = world().balance(owner());
            const Address own = world().new_address(owner(), Use::receive);
            const Amount part = rng().share(most, 40, 90);
            if (part > kSmallest) (void)world().pay(owner(), {{own, part, Purpose::self_transfer}});
        });
    }
}

User::User(Town& town, std::string name, AddressKind kind)
    : Actor(town.world, std::move(name), Role::user, kind), town_(town) {
    if (rng().percent(kOneAddressPercent)) fixed_ = world().new_address(owner(), Use::receive);
}

Address User::receive() {
    return fixed_ ? *fixed_ : world().new_address(owner(), Use::receive);
}

/// All small coins into one, or a part to another address of one's own.
void User::move_own() {
    constexpr std::size_t kMany = 4;
    const std::vector<Coin> coins = world().coins(owner());
    Amount sum;
    for (const Coin& coin : coins) sum += coin.amount;
    const Address own = world().new_address(owner(), Use::receive);
    if (coins.size() >= kMany) {
        const Amount fee = world().fee(coins.size(), 1);
        world().send(coins, {{own, sum - fee, Purpose::self_transfer}});
    } else {
        const Amount part = rng().share(sum, 20, 80);
        (void)world().pay(owner(), {{own, part, Purpose::self_transfer}});
    }
}

void User::start(const std::vector<std::unique_ptr<User>>& others) {
    const std::int64_t first = hours_between(rng(), 30, 150);
    world().repeat(first, 12 * kHour, 5 * kDay, [this, &others] { act(others); });
}

void User::act(const std::vector<std::unique_ptr<User>>& others) {
    const Amount wealth = world().balance(owner());
    if (wealth < Amount(60'000'000)) {
        town_.exchange.withdraw(receive(), Amount(rng().between(50'000'000, 300'000'000)));
        return;
    }
    const Amount some = priced(rng(), rng().share(wealth, 3, 25) + kSmallest);
    const std::uint64_t choice = rng().below(100);
    if (choice < 60) {
        const Address till = rng().pick(town_.shops)->till();
        (void)world().pay(owner(), {{till, some, Purpose::purchase}});
    } else if (choice < 80) {
        const Address friendly = rng().pick(others)->receive();
        (void)world().pay(owner(), {{friendly, some, Purpose::purchase}});
    } else if (choice < 92) {
        const Address deposit = town_.exchange.deposit_address(owner());
        (void)world().pay(owner(), {{deposit, some, Purpose::exchange_deposit}});
    } else {
        move_own();
    }
}

void coinjoin(World& world, const std::vector<std::unique_ptr<User>>& users, Amount denomination) {
    std::vector<const User*> candidates;
    for (const auto& user : users) candidates.push_back(user.get());
    world.rng().shuffle(candidates);

    const Amount share_of_fee = world.fee(1, 2);
    std::vector<Coin> inputs;
    std::vector<Payment> outputs;
    for (const User* user : candidates) {
        if (inputs.size() == kJoiners) break;
        for (const Coin& coin : world.coins(user->owner())) {
            if (coin.amount <= denomination + share_of_fee + kSmallest) continue;
            inputs.push_back(coin);
            const Address mixed =
                world.new_address(user->owner(), Use::receive, AddressKind::p2wpkh);
            const Address rest = world.new_address(user->owner(), Use::change, AddressKind::p2wpkh);
            outputs.push_back({mixed, denomination, Purpose::coinjoin});
            outputs.push_back({rest, coin.amount - denomination - share_of_fee, Purpose::change});
            break;
        }
    }
    if (inputs.size() < kJoiners) return;
    world.rng().shuffle(inputs);
    world.rng().shuffle(outputs);
    world.send(inputs, outputs, {.kind = TxKind::equal_output_coinjoin});
}

}  // namespace wagetrail::simulator
