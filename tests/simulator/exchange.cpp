#include "tests/simulator/exchange.h"

namespace wagetrail::simulator {
namespace {

constexpr std::size_t kSweepInputs = 40;
constexpr std::size_t kBatchOutputs = 8;

}  // namespace

Exchange::Exchange(World& world, std::string name)
    : Actor(world, std::move(name), Role::exchange, AddressKind::p2wpkh),
      hot_(world.new_address(owner(), Use::hot)) {
    world.repeat(6 * kHour, 6 * kHour, 12 * kHour, [this] { settle(); });
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
        if (requests_.size() == before) return;  // the hot wallet is empty: another day
    }
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
