#include "tests/unit/heuristics/trace/walk_story.h"

#include <random>
#include <set>

namespace wagetrail {
namespace {

/// Payments between names at random, out of two mined coins: some merge coins, some split them,
/// some pay back to who paid, some pay nothing.
class Tangle {
  public:
    explicit Tangle(std::uint64_t seed) : rng_(seed) {
        coins_ = {{story.chain.coinbase(Height(1)), 50_coins}, {story.strangers_coin(), 50_coins}};
        for (int i = 0; i < 14; ++i) pay();
    }
    [[nodiscard]] std::vector<OutPoint> unspent() const {
        std::vector<OutPoint> all;
        for (const auto& [out, amount] : coins_)
            if (!amount.is_zero()) all.push_back(out);
        return all;
    }

    /// Lengths, in coins, of all ways from a coin to the first coin of a name.
    [[nodiscard]] std::multiset<std::size_t> ways(const OutPoint& from, const std::string& to) {
        std::multiset<std::size_t> lengths;
        std::vector<std::pair<OutPoint, std::size_t>> open{{from, 1}};
        while (!open.empty()) {
            const auto [coin, length] = open.back();
            open.pop_back();
            if (owner_[coin] == to) {
                lengths.insert(length);
                continue;
            }
            for (const OutPoint& paid : next[coin]) open.emplace_back(paid, length + 1);
        }
        return lengths;
    }

    Story story;
    /// By coin: the coins that were spent together with it pay these.
    std::map<OutPoint, std::vector<OutPoint>> next;

  private:
    std::uint64_t below(std::uint64_t bound) { return rng_() % bound; }

    void pay() {
        std::vector<OutPoint> spent;
        Amount value;
        for (std::uint64_t i = 1 + below(3); i > 0 && !coins_.empty(); --i) {
            const std::size_t at = below(coins_.size());
            if (coins_[at].second.is_zero()) continue;
            spent.push_back(coins_[at].first);
            value += coins_[at].second;
            coins_.erase(coins_.begin() + static_cast<std::ptrdiff_t>(at));
        }
        if (spent.empty()) return;
        std::vector<simulator::Output> outputs;
        std::vector<Amount> amounts;
        Amount left = value - Amount(std::min<std::uint64_t>(value.units(), below(2000)));
        for (std::uint64_t i = below(3); i > 0; --i) {
            amounts.emplace_back(below(left.units() + 1));
            left -= amounts.back();
        }
        amounts.push_back(left);
        std::vector<std::string> names;
        for (const Amount amount : amounts) {
            names.push_back("name " + std::to_string(below(6)));
            outputs.push_back({story.who(names.back()), amount});
        }
        const BuiltTx tx = story.spend(spent, outputs);
        std::vector<OutPoint> paid;
        for (std::uint32_t vout = 0; vout < amounts.size(); ++vout) {
            coins_.emplace_back(tx.out(vout), amounts[vout]);
            owner_[tx.out(vout)] = names[vout];
            if (!amounts[vout].is_zero()) paid.push_back(tx.out(vout));
        }
        for (const OutPoint& coin : spent) next[coin] = paid;
    }

    std::mt19937_64 rng_;
    std::vector<std::pair<OutPoint, Amount>> coins_;  // unspent
    std::map<OutPoint, std::string> owner_;
};

using Flows = std::map<std::pair<OutPoint, OutPoint>, std::uint64_t>;  // from, to

}  // namespace

TEST_CASE("walk: backward finds the payer, hop by hop", "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 3_coins);
    const BuiltTx sent = story.spend(
        {wage.out(0)}, {{story.who("middle"), 2_coins}, {story.who("worker"), 99999000_units}});
    const BuiltTx end = story.spend({sent.out(0)}, {{story.who("listed"), 199999000_units}});
    story.target("employer");
    story.service("listed");  // the start's own address does not end the walk
    story.direction = Direction::backward;
    const Trace trace = story.trace({end.out(0)});
    REQUIRE(trace.reached.size() == 1);
    const Arrival& arrival = trace.reached[0];
    CHECK(arrival.coin.at() == story.chain.coinbase(Height(1)));
    CHECK(arrival.hops == 4);
    CHECK(arrival.path[0].output.at() == end.out(0));
    CHECK(arrival.path[2].output.at() == wage.out(0));
    CHECK(arrival.amount == 199999000_units);
    CHECK(units(trace.totals) == std::vector<std::uint64_t>{199999000, 199999000, 0, 0, 0});
}

TEST_CASE("walk: backward ends at what was mined, at services and at other starts",
          "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 3_coins);
    const BuiltTx mixed =
        story.spend({story.strangers_coin(), wage.out(0)},
                    {{story.who("a"), 52_coins}, {story.who("b"), 99999000_units}});
    story.direction = Direction::backward;
    CHECK(by_reason(story.trace({mixed.out(1)})) == Reasons{{"mined", 99999000}});
    story.service("worker");
    CHECK(by_reason(story.trace({mixed.out(1)})) == Reasons{{"service", 99999000}});
    CHECK(by_reason(story.trace({mixed.out(0), wage.out(0)})) ==
          Reasons{{"mined", 53'0000'0000}, {"other_payout", 2'0000'0000}});
    const auto refused = story.try_trace({mixed.out(0)}, Policy::libr);
    REQUIRE_FALSE(refused.has_value());
    CHECK_THAT(refused.error().what, Catch::Contains("backward under libr"));
}

TEST_CASE("walk: backward, fifo and lifo give back to each source what it gave forward",
          "[trace][walk]") {
    const auto seed = GENERATE(range(1U, 13U));
    const auto policy = GENERATE(Policy::fifo, Policy::lifo);
    INFO("seed " << seed << ", " << name(policy));
    Tangle tangle(seed);
    const std::vector<OutPoint> sources{tangle.story.chain.coinbase(Height(1)),
                                        tangle.story.strangers_coin()};
    Flows forward;
    const Trace there = tangle.story.trace(sources, policy);
    for (const Stop& stop : there.unspent)
        for (const SourceShare& share : stop.shares)
            forward[{sources[share.source.value], stop.coin.at()}] += share.amount.units();
    tangle.story.direction = Direction::backward;
    Flows backward;
    const std::vector<OutPoint> ends = tangle.unspent();
    const Trace back = tangle.story.trace(ends, policy);
    for (const Stop& stop : back.stopped)
        for (const SourceShare& share : stop.shares)
            backward[{stop.coin.at(), ends[share.source.value]}] += share.amount.units();
    CHECK(forward == backward);
}

TEST_CASE("walk: every policy keeps every unit on random chains, both ways", "[trace][walk]") {
    const auto seed = GENERATE(range(20U, 26U));
    Tangle tangle(seed);
    for (const Policy policy : all_policies()) {
        if (!conserves(policy)) continue;
        INFO("seed " << seed << ", " << name(policy));
        tangle.story.direction = Direction::forward;
        const Trace there = tangle.story.trace({tangle.story.strangers_coin()}, policy);
        CHECK(there.totals.balanced());
        CHECK(there.totals.amount == 50_coins);
        if (!goes_backward(policy)) continue;
        tangle.story.direction = Direction::backward;
        const Trace back = tangle.story.trace(tangle.unspent(), policy);
        CHECK(back.totals.balanced());
        CHECK(back.totals.fees.is_zero());
    }
}

TEST_CASE("walk: poison touches what can be reached, and claims no amount", "[trace][walk]") {
    const auto seed = GENERATE(range(30U, 36U));
    INFO("seed " << seed);
    Tangle tangle(seed);
    const OutPoint source = tangle.story.strangers_coin();
    std::set<OutPoint> reachable{source};
    std::vector<OutPoint> open{source};
    while (!open.empty()) {
        const OutPoint coin = open.back();
        open.pop_back();
        for (const OutPoint& paid : tangle.next[coin])
            if (reachable.insert(paid).second) open.push_back(paid);
    }
    const Trace trace = tangle.story.trace({source}, Policy::poison);
    std::set<OutPoint> found;
    for (const Stop& stop : trace.unspent) found.insert(stop.coin.at());
    std::set<OutPoint> expected;
    for (const OutPoint& coin : tangle.unspent())
        if (reachable.contains(coin)) expected.insert(coin);
    CHECK(found == expected);
    CHECK(trace.totals.amount.is_zero());
}

TEST_CASE("walk: all ways are found, and the best of them are kept", "[trace][walk]") {
    const auto seed = GENERATE(range(40U, 52U));
    const auto rank = GENERATE(WayRank::value, WayRank::bottleneck, WayRank::hops);
    INFO("seed " << seed << ", " << name(rank));
    Tangle tangle(seed);
    const OutPoint source = tangle.story.strangers_coin();
    tangle.story.target("name 5");
    constexpr std::size_t kAll = 10'000;
    tangle.story.control.ways = {.rank = rank, .kept = kAll};
    const Trace all = tangle.story.trace({source}, Policy::haircut);
    std::multiset<std::size_t> hops;
    for (const Arrival& arrival : all.reached) {
        if (arrival.paths.empty()) hops.insert(arrival.path.size());
        for (const Path& path : arrival.paths) hops.insert(path.steps.size());
    }
    CHECK(hops == tangle.ways(source, "name 5"));

    for (const std::size_t kept : {std::size_t{2}, std::size_t{3}}) {
        tangle.story.control.ways.kept = kept;
        const Trace best = tangle.story.trace({source}, Policy::haircut);
        REQUIRE(best.reached.size() == all.reached.size());
        for (std::size_t i = 0; i < all.reached.size(); ++i) {
            const auto& whole = all.reached[i].paths;
            const auto& some = best.reached[i].paths;
            REQUIRE(some.size() == std::min(kept, whole.size()));
            for (std::size_t n = 0; n < some.size(); ++n) {
                // Ways that differ in what they carried may become equal at a narrow step.
                if (rank != WayRank::bottleneck) CHECK(some[n].carried == whole[n].carried);
                CHECK(some[n].narrowest == whole[n].narrowest);
                CHECK(some[n].steps.size() == whole[n].steps.size());
            }
        }
    }
}

}  // namespace wagetrail
