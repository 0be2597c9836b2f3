#include "tests/simulator/exchange.h"

namespace wagetrail::simulator {
namespace {

constexpr std::size_t kSweepInputs = 40;
constexpr std::size_t kBatchOutputs = 8;
constexpr Amount kWorthStoring(10'000'000'000);

}  // namespace

Exchange::Exchange(World& world, std::string name)
    : Actor(world, std::move(name), Role::exchange, AddressKind::p2wpkh, Software::custody),
      hot_(world.new_address(owner(), Use::hot)),
      cold_(world.new_address(owner(), Use::cold, AddressKind::p2wsh)) {
    world.repeat(6 * kHour, 6 * kHour, 12 * kHour, [this] { settle(); });
    world.repeat(15 * kDay, 10 * kDay, 20 * kDay, [this] { store_away(); });
}

Address Exchange::deposit_address(OwnerId customer) {
    const auto found = deposits_.find(customer);
    if (found != deposits_.end()) return found->second;
    const Address made = world().new_address(owner(), Use::deposit, AddressKind::p2sh, customer);
    return deposits_.emplace(customer, made).first->second;
}

void Exchange::withdraw(const Address& to, Amount amount) {
    requests_.push_back({to, amount, Purpose::exchange_withdrawal});
}

void Exchange::settle() {
    sweep();
    while (!requests_.empty()) {
        const std::size_t before = requests_.size();
        pay_batch();
        if (requests_.size() == before) return fetch();  // the hot wallet is empty: another day
    }
}

void Exchange::store_away() {
    const Amount part = rng().share(world().balance(owner()), 20, 40);
    if (part < kWorthStoring) return;
    (void)world().pay(owner(), {{cold_, part, Purpose::self_transfer}}, {.change_to = hot_});
}

void Exchange::fetch() {
    const std::vector<Coin> cold = world().coins(owner(), Use::cold);
    if (cold.empty()) return;
    const Amount fee = world().fee(3, 1);
    if (cold.front().amount <= fee) return;
    world().send({cold.front()}, {{hot_, cold.front().amount - fee, Purpose::self_transfer}});
}

void Exchange::sweep() {
    std::vector<Coin> deposits = world().coins(owner(), Use::deposit);
    if (deposits.size() < 3 && rng().percent(70)) return;
    if (deposits.size() > kSweepInputs) deposits.resize(kSweepInputs);
    if (deposits.empty()) return;
    // Now and then a hot coin goes along: co-spending shows that both wallets are the exchange's.
    const std::vector<Coin> hot = world().coins(owner(), Use::hot);
    if (!hot.empty() && rng().percent(40)) deposits.push_back(hot.front());
    Amount sum;
    for (const Coin& coin : deposits) sum += coin.amount;
    const Amount fee = world().fee(deposits.size(), 1);
    if (sum <= fee) return;
    world().send(deposits, {{hot_, sum - fee, Purpose::sweep}});
}

void Exchange::pay_batch() {
    std::vector<Payment> batch;
    for (const Payment& request : requests_) {
        if (batch.size() == kBatchOutputs) break;
        batch.push_back(request);
    }
    // The largest prefix that the hot wallet can pay.
    for (; !batch.empty(); batch.pop_back()) {
        if (!world().pay(owner(), batch, {.change_to = hot_})) continue;
        requests_.erase(requests_.begin(),
                        requests_.begin() + static_cast<std::ptrdiff_t>(batch.size()));
        return;
    }
}

}  // namespace wagetrail::simulator
