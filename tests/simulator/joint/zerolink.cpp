#include "tests/simulator/joint/zerolink.h"

namespace wagetrail::simulator {
namespace {

constexpr std::size_t kFewest = 12;
constexpr std::size_t kMost = 30;
constexpr std::size_t kInputsMax = 7;
constexpr Amount kSmallestChange(10'000);
constexpr std::uint64_t kLevels = 2;  // above the first

struct Joined {
    Participant* who = nullptr;
    std::vector<Coin> inputs;
    Amount left;  // of what he brought
};

std::vector<Joined> join(World& world, const Crowd& crowd, Amount denomination) {
    std::vector<Joined> joined;
    for (Participant* who : shuffled(crowd, world.rng())) {
        if (joined.size() == kMost) break;
        // Some bring just enough, others more of what they have.
        const Amount wanted = denomination + Amount(world.rng().between(500'000, 25'000'000));
        std::vector<Coin> inputs = largest_reaching(who->unmixed(), wanted, kInputsMax);
        if (inputs.empty()) continue;
        const Amount sum = sum_of(inputs);
        joined.push_back({who, std::move(inputs), sum});
    }
    return joined;
}

/// One more output for each who still has as much, when at least two have.
void add_level(std::vector<Joined>& joined, Amount value, std::vector<Payment>& outputs) {
    std::vector<Joined*> able;
    for (Joined& one : joined)
        if (one.left >= value + kSmallestChange) able.push_back(&one);
    if (able.size() < 2) return;
    for (Joined* one : able) {
        outputs.push_back({one->who->fresh(Use::mixed), value, Purpose::coinjoin});
        one->left -= value;
    }
}

}  // namespace

void zerolink_round(World& world, OwnerId coordinator, const Crowd& crowd) {
    const Amount denomination(world.rng().between(9'950'001, 9'999'999));
    std::vector<Joined> joined = join(world, crowd, denomination);
    if (joined.size() < kFewest) return;

    std::vector<Coin> inputs;
    std::vector<Payment> outputs;
    const Amount fee_each = scaled(denomination, Amount(3 * joined.size()), Amount(100'000));
    Amount fees;
    for (Joined& one : joined) {
        inputs.insert(inputs.end(), one.inputs.begin(), one.inputs.end());
        one.left -= fee_each + world.fee(one.inputs.size(), 2);
        fees += fee_each;
        outputs.push_back({one.who->fresh(Use::mixed), denomination, Purpose::coinjoin});
        one.left -= denomination;
    }
    Amount value = denomination;
    for (std::uint64_t level = 0; level < kLevels; ++level) {
        value += value;
        add_level(joined, value, outputs);
    }
    for (const Joined& one : joined)
        if (one.left >= kSmallestChange)
            outputs.push_back({one.who->fresh(Use::change), one.left, Purpose::change});
    outputs.push_back({world.new_address(coordinator, Use::fee), fees, Purpose::coinjoin_fee,
                       joined.front().who->owner()});
    world.send(inputs, outputs,
               {.kind = TxKind::wasabi1,
                .by = coordinator,
                .print = Fingerprint{.version = 1,
                                     .sequence = 0xFFFFFFFF,
                                     .ordering = Ordering::shuffled,
                                     .low_r = LowR::yes}});
}

}  // namespace wagetrail::simulator
