#include "tests/simulator/joint/wabisabi.h"
#include "tests/unit/simulator/simulated_chain.h"

#include <algorithm>
#include <map>
#include <set>

namespace wagetrail::simulator {
namespace {

/// Three seeds, each made once for all tests.
const Truth& story(std::uint64_t seed) {
    static std::map<std::uint64_t, Truth> made;
    const auto found = made.find(seed);
    if (found != made.end()) return found->second;
    return made.emplace(seed, simulated(LedgerId::btc_regtest, seed, 300).truth).first->second;
}

std::vector<const TxRecord*> of_kind(const Truth& truth, TxKind kind) {
    std::vector<const TxRecord*> found;
    for (const TxRecord& tx : truth.transactions)
        if (tx.note.kind == kind) found.push_back(&tx);
    return found;
}

std::set<OwnerId> payers(const TxRecord& tx) {
    std::set<OwnerId> owners;
    for (const SpentCoin& in : tx.inputs) owners.insert(in.owner);
    return owners;
}

std::map<Amount, std::size_t> value_counts(const TxRecord& tx) {
    std::map<Amount, std::size_t> counts;
    for (const PaidOutput& out : tx.outputs) ++counts[out.amount];
    return counts;
}

std::pair<Amount, std::size_t> most_frequent(const TxRecord& tx) {
    std::pair<Amount, std::size_t> best;
    for (const auto& [value, count] : value_counts(tx))
        if (count > best.second) best = {value, count};
    return best;
}

std::size_t count_of(const TxRecord& tx, Purpose purpose) {
    return static_cast<std::size_t>(
        std::count_if(tx.outputs.begin(), tx.outputs.end(),
                      [&](const PaidOutput& out) { return out.purpose == purpose; }));
}

/// What each owner put in and got out, without the fees of coordinators.
std::map<OwnerId, std::pair<Amount, Amount>> balances(const TxRecord& tx) {
    std::map<OwnerId, std::pair<Amount, Amount>> sums;
    for (const SpentCoin& in : tx.inputs) sums[in.owner].first += in.amount;
    for (const PaidOutput& out : tx.outputs)
        if (out.payer) sums[*out.payer].second += out.amount;
    return sums;
}

}  // namespace

TEST_CASE("joint: every class is there, and only those made by several have several payers",
          "[simulator][joint]") {
    const auto seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    const Truth& truth = story(seed);
    const std::map<TxKind, std::size_t> least = {
        {TxKind::wasabi1, 4},    {TxKind::wasabi2, 4},   {TxKind::whirlpool_tx0, 30},
        {TxKind::whirlpool, 30}, {TxKind::payjoin, 4},   {TxKind::equal_output_coinjoin, 5},
        {TxKind::giveaway, 3},   {TxKind::stonewall, 3}, {TxKind::stonewall_x2, 2},
        {TxKind::joinmarket, 10}};
    for (const auto& [kind, count] : least) {
        CAPTURE(name(kind));
        REQUIRE(of_kind(truth, kind).size() >= count);
    }
    const std::set<TxKind> of_one = {TxKind::ordinary, TxKind::whirlpool_tx0, TxKind::stonewall,
                                     TxKind::giveaway};
    for (const TxRecord& tx : truth.transactions) {
        CAPTURE(text(tx.txid), name(tx.note.kind));
        REQUIRE((payers(tx).size() < 2) == of_one.contains(tx.note.kind));
    }
}

TEST_CASE("joint: nobody loses more than fees in what he did not pay for", "[simulator][joint]") {
    for (const TxRecord& tx : story(1).transactions) {
        if (payers(tx).size() < 2) continue;
        CAPTURE(text(tx.txid), name(tx.note.kind));
        std::size_t paying_others = 0;
        for (const auto& [owner, sums] : balances(tx)) {
            const Amount fees_max = Amount(60'000) + scaled(sums.first, Amount(1), Amount(100));
            if (sums.second + fees_max < sums.first) ++paying_others;
        }
        // A payee's own input comes back in an output that counts for the payer.
        REQUIRE(paying_others <= (tx.note.kind == TxKind::payjoin ? 1U : 0U));
    }
}

TEST_CASE("joint: at most one in a hundred is undetectable up to any block, with its reason",
          "[simulator][joint]") {
    const auto seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    std::size_t all = 0;
    std::size_t hidden = 0;
    for (const TxRecord& tx : story(seed).transactions) {
        ++all;
        const bool by_two = tx.note.kind == TxKind::payjoin || tx.note.kind == TxKind::stonewall_x2;
        REQUIRE(tx.note.undetectable.empty() != by_two);
        hidden += by_two ? 1U : 0U;
        REQUIRE(hidden * 100 <= all);
    }
}

TEST_CASE("joint: Wasabi 1 makes at least twelve outputs near 0.1 of as many payers",
          "[simulator][joint]") {
    for (const TxRecord* tx : of_kind(story(2), TxKind::wasabi1)) {
        const auto [value, count] = most_frequent(*tx);
        REQUIRE((value > Amount(9'900'000) && value < Amount(10'100'000)));
        REQUIRE(count >= 12);
        REQUIRE(count == payers(*tx).size());
        REQUIRE(count_of(*tx, Purpose::coinjoin_fee) == 1);
        REQUIRE(value_counts(*tx)[value + value] != 1);
    }
}

TEST_CASE("joint: Wasabi 2 makes standard outputs from fifty inputs and more",
          "[simulator][joint]") {
    const std::vector<Amount> standard = wabisabi_denominations();
    REQUIRE(standard.front() == Amount(5'000));
    REQUIRE(standard.back() <= Amount(134'375'000'000));
    for (const TxRecord* tx : of_kind(story(2), TxKind::wasabi2)) {
        REQUIRE(tx->inputs.size() >= 50);
        const auto fitting = static_cast<std::size_t>(
            std::count_if(tx->outputs.begin(), tx->outputs.end(), [&](const PaidOutput& out) {
                return std::binary_search(standard.begin(), standard.end(), out.amount);
            }));
        REQUIRE(fitting * 5 > tx->outputs.size() * 4);
        REQUIRE(std::is_sorted(tx->inputs.rbegin(), tx->inputs.rend(),
                               [](const auto& a, const auto& b) { return a.amount < b.amount; }));
        REQUIRE(std::is_sorted(tx->outputs.rbegin(), tx->outputs.rend(),
                               [](const auto& a, const auto& b) { return a.amount < b.amount; }));
    }
}

TEST_CASE("joint: a Whirlpool mix has five places, filled from a Tx0 or an earlier mix",
          "[simulator][joint]") {
    const Truth& truth = story(2);
    std::map<OutPoint, TxKind> made_by;
    for (const TxRecord& tx : truth.transactions)
        for (std::uint32_t n = 0; n < tx.outputs.size(); ++n)
            made_by[{tx.txid, OutIndex(n)}] = tx.note.kind;
    for (const TxRecord* tx : of_kind(truth, TxKind::whirlpool)) {
        const Amount pool = tx->outputs.front().amount;
        REQUIRE((pool == Amount(1'000'000) || pool == Amount(5'000'000)));
        REQUIRE(value_counts(*tx) == std::map<Amount, std::size_t>{{pool, 5}});
        REQUIRE(payers(*tx).size() == 5);
        std::size_t entrants = 0;
        for (const SpentCoin& in : tx->inputs) {
            const bool entrant = in.amount > pool;
            entrants += entrant ? 1U : 0U;
            REQUIRE((!entrant || made_by.at(in.at) == TxKind::whirlpool_tx0));
        }
        REQUIRE((entrants >= 2 && entrants <= 5));
    }
    for (const TxRecord* tx : of_kind(truth, TxKind::whirlpool_tx0)) {
        REQUIRE(count_of(*tx, Purpose::data) == 1);
        REQUIRE(count_of(*tx, Purpose::coinjoin_fee) == 1);
        REQUIRE(most_frequent(*tx).second >= 2);
    }
}

TEST_CASE("joint: JoinMarket makes one equal output each and change for all but a sweeping taker",
          "[simulator][joint]") {
    std::size_t sweeps = 0;
    const auto rounds = of_kind(story(2), TxKind::joinmarket);
    for (const TxRecord* tx : rounds) {
        const std::size_t sides = payers(*tx).size();
        REQUIRE(sides >= 4);
        REQUIRE(most_frequent(*tx).second == sides);
        const std::size_t changes = count_of(*tx, Purpose::change);
        REQUIRE((changes == sides || changes + 1 == sides));
        sweeps += changes < sides ? 1U : 0U;
    }
    REQUIRE((sweeps > 0 && sweeps < rounds.size()));
}

TEST_CASE("joint: what imitates a CoinJoin is of one payer", "[simulator][joint]") {
    for (const TxRecord* tx : of_kind(story(3), TxKind::stonewall)) {
        REQUIRE(tx->outputs.size() == 4);
        REQUIRE(most_frequent(*tx).second == 2);
        REQUIRE(payers(*tx).size() == 1);
    }
    for (const TxRecord* tx : of_kind(story(3), TxKind::giveaway)) {
        REQUIRE(tx->inputs.size() == 4);
        REQUIRE(most_frequent(*tx).second >= 5);
    }
}

TEST_CASE("joint: a mixer pays its customer from coins that are not his", "[simulator][joint]") {
    const Truth& truth = story(1);
    std::map<OutPoint, OwnerId> deposited;  // by whom
    std::size_t payouts = 0;
    for (const TxRecord& tx : truth.transactions) {
        for (std::uint32_t n = 0; n < tx.outputs.size(); ++n)
            if (tx.outputs[n].purpose == Purpose::mixer_deposit)
                deposited[{tx.txid, OutIndex(n)}] = *tx.outputs[n].payer;
        for (const PaidOutput& out : tx.outputs) {
            if (out.purpose != Purpose::mixer_payout) continue;
            ++payouts;
            REQUIRE(tx.inputs.size() == 1);
            REQUIRE(tx.outputs.size() == 2);
            const auto found = deposited.find(tx.inputs.front().at);
            REQUIRE((found == deposited.end() || found->second != *out.payee));
        }
    }
    REQUIRE(payouts >= 20);
    REQUIRE(deposited.size() >= 15);
}

}  // namespace wagetrail::simulator
