#include "tests/simulator/joint/wabisabi.h"

#include <algorithm>
#include <map>
#include <set>

namespace wagetrail::simulator {
namespace {

constexpr std::size_t kFewestInputs = 50;
constexpr std::size_t kMostInputs = 150;
constexpr std::size_t kInputsEachMax = 10;
constexpr std::size_t kOutputsEachMax = 10;
constexpr std::uint64_t kSmallest = 5'000;
constexpr std::uint64_t kLargest = 134'375'000'000;
constexpr std::uint64_t kInputVbytes = 69;
constexpr std::uint64_t kOutputVbytes = 43;

void add_powers(std::set<Amount>& into, std::uint64_t base, std::uint64_t factor) {
    for (std::uint64_t power = factor; power <= kLargest; power *= base)
        if (power >= kSmallest) into.insert(Amount(power));
}

struct Joined {
    Participant* who = nullptr;
    std::size_t inputs = 0;
    Amount left;
};

/// Splits from the largest down; what is below the smallest stays.
std::vector<Amount> greedy(Amount amount, const std::vector<Amount>& denominations) {
    std::vector<Amount> parts;
    for (auto at = denominations.rbegin(); at != denominations.rend(); ++at) {
        while (*at <= amount) {
            parts.push_back(*at);
            amount -= *at;
        }
    }
    return parts;
}

/// Those that the round's inputs contain more than once: nobody would be alone with his output.
std::vector<Amount> common_denominations(const std::vector<Coin>& inputs) {
    const std::vector<Amount> all = wabisabi_denominations();
    std::map<Amount, std::size_t> counts;
    for (const Coin& coin : inputs)
        for (const Amount part : greedy(coin.amount, all)) ++counts[part];
    std::vector<Amount> common;
    for (const auto& [value, count] : counts)
        if (count > 1) common.push_back(value);
    return common;
}

/// Mostly the largest that fits, sometimes one of the next.
std::optional<Amount> next_part(Amount left, const std::vector<Amount>& common, Rng& rng) {
    auto end = std::upper_bound(common.begin(), common.end(), left);
    if (end == common.begin()) return std::nullopt;
    while (end - 1 != common.begin() && rng.percent(35)) --end;
    return *(end - 1);
}

void give_back(Joined& one,
               const std::vector<Amount>& common,
               Amount output_fee,
               Rng& rng,
               std::vector<Payment>& outputs) {
    const auto left = [&] { return one.left.minus(output_fee).value_or(Amount()); };
    for (std::size_t n = 0; n < kOutputsEachMax; ++n) {
        const auto part = next_part(left(), common, rng);
        if (!part) break;
        const AddressKind kind = rng.percent(50) ? AddressKind::p2tr : AddressKind::p2wpkh;
        outputs.push_back({one.who->fresh(Use::mixed, kind), *part, Purpose::coinjoin});
        one.left -= *part + output_fee;
    }
    if (left() >= Amount(kSmallest))
        outputs.push_back({one.who->fresh(Use::change), left(), Purpose::change});
}

}  // namespace

std::vector<Amount> wabisabi_denominations() {
    std::set<Amount> values;
    add_powers(values, 2, 1);
    add_powers(values, 3, 1);
    add_powers(values, 3, 2);
    for (const std::uint64_t factor : {1ULL, 2ULL, 5ULL}) add_powers(values, 10, factor);
    return {values.begin(), values.end()};
}

void wabisabi_round(World& world, OwnerId coordinator, const Crowd& crowd) {
    Rng& rng = world.rng();
    const std::uint64_t rate = rng.between(2, 8);
    std::vector<Joined> joined;
    std::vector<Coin> inputs;
    for (Participant* who : shuffled(crowd, rng)) {
        if (inputs.size() + kInputsEachMax > kMostInputs) break;
        std::vector<Coin> coins = who->mixed();
        const std::vector<Coin> unmixed = who->unmixed();
        coins.insert(coins.end(), unmixed.begin(), unmixed.end());
        std::erase_if(coins, [](const Coin& coin) { return coin.amount < Amount(2 * kSmallest); });
        rng.shuffle(coins);
        coins.resize(std::min<std::size_t>(coins.size(), rng.between(1, kInputsEachMax)));
        if (coins.empty()) continue;
        const Amount fees(kInputVbytes * rate * coins.size());
        joined.push_back({who, coins.size(), sum_of(coins) - fees});
        inputs.insert(inputs.end(), coins.begin(), coins.end());
    }
    if (inputs.size() < kFewestInputs) return;

    const std::vector<Amount> common = common_denominations(inputs);
    std::vector<Payment> outputs;
    for (Joined& one : joined) give_back(one, common, Amount(kOutputVbytes * rate), rng, outputs);
    const auto from_large = [](const auto& a, const auto& b) { return a.amount > b.amount; };
    std::stable_sort(inputs.begin(), inputs.end(), from_large);
    std::stable_sort(outputs.begin(), outputs.end(), from_large);
    world.send(inputs, outputs,
               {.kind = TxKind::wasabi2,
                .by = coordinator,
                .print = Fingerprint{.version = 1, .sequence = 0xFFFFFFFF, .low_r = LowR::yes}});
}

}  // namespace wagetrail::simulator
