#include "tests/simulator/joint/disguise.h"

#include "tests/simulator/joint/participant.h"

namespace wagetrail::simulator {
namespace {

constexpr Amount kSmallestChange(20'000);
constexpr std::size_t kPayerInputsMax = 3;

/// Two coins of an owner that each reach the amount.
std::optional<std::pair<Coin, Coin>> two_coins(const World& world, OwnerId owner, Amount amount) {
    std::vector<Coin> found;
    for (const Coin& coin : world.coins(owner))
        if (coin.amount >= amount + kSmallestChange) found.push_back(coin);
    if (found.size() < 2) return std::nullopt;
    return std::pair(found[0], found[1]);
}

/// Payment, decoy, and a change for each side.
void send_stonewall(World& world,
                    const Coin& payer_coin,
                    const Coin& decoy_coin,
                    OwnerId decoy_owner,
                    const Payment& payment,
                    const Manner& manner) {
    const Amount fee = world.fee(2, 4);
    const OwnerId payer = *payment.payer;
    world.send({payer_coin, decoy_coin},
               {payment,
                {world.new_address(decoy_owner, Use::receive), payment.amount,
                 decoy_owner == payer ? Purpose::self_transfer : Purpose::coinjoin},
                {world.new_address(payer, Use::change), payer_coin.amount - payment.amount - fee,
                 Purpose::change},
                {world.new_address(decoy_owner, Use::change), decoy_coin.amount - payment.amount,
                 Purpose::change}},
               manner);
}

}  // namespace

bool payjoin(World& world, OwnerId payer, Shop& payee, Amount amount) {
    const std::vector<Coin> offered = world.coins(payee.owner());
    const Amount fee = world.fee(3, 2);
    std::vector<Coin> inputs =
        largest_reaching(world.coins(payer), amount + fee + kSmallestChange, kPayerInputsMax);
    if (offered.empty() || inputs.empty()) return false;
    const Amount change = sum_of(inputs) - amount - fee;
    const Coin added = world.rng().pick(offered);
    inputs.push_back(added);
    std::vector<Payment> outputs = {
        {payee.till(), amount + added.amount, Purpose::purchase, payer},
        {world.new_address(payer, Use::change), change, Purpose::change}};
    world.rng().shuffle(inputs);
    world.rng().shuffle(outputs);
    world.send(inputs, outputs,
               {.kind = TxKind::payjoin,
                .undetectable = "PayJoin: the payee added an input, and the outputs fit a payment "
                                "by one owner",
                .by = payer});
    return true;
}

bool stonewall(World& world, OwnerId payer, const Address& payee, Amount amount) {
    const auto coins = two_coins(world, payer, amount);
    if (!coins) return false;
    send_stonewall(world, coins->first, coins->second, payer,
                   {payee, amount, Purpose::purchase, payer},
                   {.kind = TxKind::stonewall, .by = payer});
    return true;
}

bool stonewall_x2(
    World& world, OwnerId payer, OwnerId helper, const Address& payee, Amount amount) {
    const std::vector<Coin> own = largest_reaching(world.coins(payer), amount + kSmallestChange, 1);
    const std::vector<Coin> lent =
        largest_reaching(world.coins(helper), amount + kSmallestChange, 1);
    if (own.empty() || lent.empty()) return false;
    send_stonewall(world, own.front(), lent.front(), helper,
                   {payee, amount, Purpose::purchase, payer},
                   {.kind = TxKind::stonewall_x2,
                    .undetectable = "Stonewall x2: two people made what one alone makes too",
                    .by = payer});
    return true;
}

}  // namespace wagetrail::simulator
