#include "tests/simulator/joint/joinmarket.h"

namespace wagetrail::simulator {
namespace {

constexpr std::size_t kFewestMakers = 3;
constexpr std::size_t kMostMakers = 7;
constexpr std::size_t kInputsEachMax = 6;
constexpr Amount kSmallestChange(30'000);
constexpr unsigned kSweepPercent = 25;
constexpr unsigned kPaysPercent = 40;

struct Offer {
    Participant* maker = nullptr;
    std::vector<Coin> coins;
    Amount fee;
};

std::vector<Offer> offers(World& world,
                          const std::vector<Participant*>& makers,
                          Amount amount,
                          std::size_t most) {
    std::vector<Offer> found;
    for (Participant* maker : makers) {
        if (found.size() == most) break;
        std::vector<Coin> coins =
            largest_reaching(maker->unmixed(), amount + kSmallestChange, kInputsEachMax);
        if (coins.empty()) continue;
        const Amount fee = scaled(amount, Amount(world.rng().between(0, 30)), Amount(100'000)) +
                           Amount(world.rng().between(0, 1'000));
        found.push_back({maker, std::move(coins), fee});
    }
    return found;
}

Amount sum_of_fees(const std::vector<Offer>& found) {
    Amount sum;
    for (const Offer& offer : found) sum += offer.fee;
    return sum;
}

}  // namespace

void joinmarket_round(Town& town, const Crowd& crowd) {
    World& world = town.world;
    Rng& rng = world.rng();
    std::vector<Participant*> order = shuffled(crowd, rng);
    Participant& taker = *order.back();
    order.pop_back();
    const std::vector<Coin> purse = taker.unmixed();
    if (purse.empty()) return;
    const bool sweep = rng.percent(kSweepPercent) && purse.size() <= kInputsEachMax;
    const Amount network_fee = world.fee(8, 12);
    // Known before the makers are asked: what they may take at most.
    const Amount most_fees = scaled(sum_of(purse), Amount(1), Amount(400)) + network_fee;
    const Amount limit = sum_of(purse) - most_fees;
    Amount amount = sweep ? limit : rng.share(limit, 15, 70);
    if (amount < Amount(5'000'000)) return;

    const auto wanted = static_cast<std::size_t>(rng.between(kFewestMakers, kMostMakers));
    const std::vector<Offer> found = offers(world, order, amount, wanted);
    if (found.size() < kFewestMakers) return;
    const Amount costs = sum_of_fees(found) + network_fee;
    const std::vector<Coin> own =
        sweep ? purse : largest_reaching(purse, amount + costs + kSmallestChange, kInputsEachMax);
    if (own.empty()) return;

    std::vector<Coin> inputs = own;
    std::vector<Payment> outputs;
    if (!sweep && rng.percent(kPaysPercent))
        outputs.push_back({rng.pick(town.shops)->till(), amount, Purpose::purchase, taker.owner()});
    else
        outputs.push_back({taker.fresh(Use::receive), amount, Purpose::coinjoin});
    const Amount rest = sum_of(own) - amount - costs;
    // What a sweep reserved for fees and nobody asked for goes to the miner.
    if (!sweep) outputs.push_back({taker.fresh(Use::change), rest, Purpose::change});
    for (const Offer& offer : found) {
        inputs.insert(inputs.end(), offer.coins.begin(), offer.coins.end());
        outputs.push_back({offer.maker->fresh(Use::receive), amount, Purpose::coinjoin});
        outputs.push_back({offer.maker->fresh(Use::change),
                           sum_of(offer.coins) - amount + offer.fee, Purpose::change});
    }
    world.send(inputs, outputs, {.kind = TxKind::joinmarket, .by = taker.owner()});
}

}  // namespace wagetrail::simulator
