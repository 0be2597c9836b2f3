#include "tests/simulator/joint/whirlpool.h"

#include <algorithm>

namespace wagetrail::simulator {
namespace {

constexpr std::size_t kPlaces = 5;
constexpr std::size_t kRemixersMax = 3;
constexpr std::uint64_t kPremixMax = 12;
constexpr std::size_t kDataSize = 80;
constexpr std::uint8_t kOpReturn = 0x6A;
constexpr std::uint8_t kPushData1 = 0x4C;
constexpr Amount kSmallestChange(10'000);

Fingerprint print() {
    return fingerprint(Software::samourai, 0);
}

/// Where the encrypted words to the coordinator stand.
Address some_data(LedgerId ledger, Rng& rng) {
    Bytes script = {kOpReturn, kPushData1, kDataSize};
    for (std::size_t n = 0; n < kDataSize; ++n)
        script.push_back(static_cast<std::uint8_t>(rng.next()));
    return address_of_script(ledger, script);
}

}  // namespace

Whirlpool::Whirlpool(World& world, std::string name, Pool pool, const Crowd& crowd)
    : Actor(world, std::move(name), Role::coordinator, AddressKind::p2wpkh, Software::samourai),
      pool_(pool),
      crowd_(crowd) {
    for (const auto& who : crowd_)
        world.repeat(static_cast<std::int64_t>(rng().between(3, 20)) * kDay, 14 * kDay, 30 * kDay,
                     [this, &who] { enter(*who); });
    world.repeat(6 * kDay, 12 * kHour, 3 * kDay, [this] { mix(); });
}

void Whirlpool::enter(Participant& who) {
    const Amount above(rng().between(5'000, 40'000));
    const Amount premix = pool_.denomination + above;
    const Amount network_fee = world().fee(3, 6);
    const Amount costs = pool_.fee + network_fee;
    const std::uint64_t wanted = rng().between(2, kPremixMax);
    const std::vector<Coin> coins = who.unmixed();
    const Amount brought = sum_of(coins);
    if (brought < costs + premix + premix) return;
    const std::uint64_t possible = (brought - costs).units() / premix.units();
    const std::uint64_t count = std::min(wanted, possible);
    const std::vector<Coin> inputs =
        largest_reaching(coins, costs + Amount(count * premix.units()), coins.size());

    std::vector<Payment> outputs = {
        {some_data(world().truth().parameters.ledger, rng()), Amount(), Purpose::data},
        {world().new_address(owner(), Use::fee), pool_.fee, Purpose::coinjoin_fee}};
    for (std::uint64_t n = 0; n < count; ++n)
        outputs.push_back({who.fresh(Use::premix), premix, Purpose::self_transfer});
    const Amount rest = sum_of(inputs) - costs - Amount(count * premix.units());
    if (rest >= kSmallestChange) outputs.push_back({who.fresh(Use::change), rest, Purpose::change});
    world().send(inputs, outputs,
                 {.kind = TxKind::whirlpool_tx0, .by = who.owner(), .print = print()});
}

void Whirlpool::mix() {
    std::vector<Coin> inputs;
    std::vector<Payment> outputs;
    std::vector<OwnerId> inside;
    const auto join = [&](Participant& who, const Coin& coin) {
        inputs.push_back(coin);
        outputs.push_back({who.fresh(Use::mixed), pool_.denomination, Purpose::coinjoin});
        inside.push_back(who.owner());
    };
    const auto first_of = [&](std::vector<Coin> coins, Amount low, Amount high) {
        rng().shuffle(coins);
        const auto found = std::find_if(coins.begin(), coins.end(), [&](const Coin& coin) {
            return coin.amount >= low && coin.amount <= high;
        });
        return found == coins.end() ? std::nullopt : std::optional(*found);
    };
    const std::vector<Participant*> order = shuffled(crowd_, rng());
    for (Participant* who : order) {
        if (inputs.size() == kRemixersMax) break;
        const auto coin = first_of(who->mixed(), pool_.denomination, pool_.denomination);
        if (coin) join(*who, *coin);
    }
    for (Participant* who : order) {
        if (inputs.size() == kPlaces) break;
        if (std::find(inside.begin(), inside.end(), who->owner()) != inside.end()) continue;
        const auto coin = first_of(world().coins(who->owner(), Use::premix),
                                   pool_.denomination + Amount(1), pool_.denomination + pool_.fee);
        if (coin) join(*who, *coin);
    }
    if (inputs.size() < kPlaces) return;
    world().send(inputs, outputs, {.kind = TxKind::whirlpool, .by = owner(), .print = print()});
}

}  // namespace wagetrail::simulator
