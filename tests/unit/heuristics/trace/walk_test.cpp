#include "tests/unit/heuristics/trace/walk_story.h"

namespace wagetrail {

TEST_CASE("walk: a payout that nobody spent is residual", "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 3_coins);
    const Trace trace = story.trace({wage.out(0)});
    REQUIRE(units(trace.totals) == std::vector<std::uint64_t>{300000000, 0, 0, 300000000, 0});
    REQUIRE(trace.unspent.size() == 1);
    REQUIRE(trace.unspent[0].coin.at() == wage.out(0));
    REQUIRE(trace.unspent[0].coin.address == story.who("worker"));
    REQUIRE(trace.unspent[0].coin.tx.height == Height(3));
    REQUIRE(trace.unspent[0].coin.tx.block_hash == story.chain.hash_at(Height(3)));
    REQUIRE(trace.transactions == 0);
}

TEST_CASE("walk: the way from payer to target is told transaction by transaction",
          "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 3_coins);
    const BuiltTx sent = story.spend(
        {wage.out(0)}, {{story.who("middle"), 2_coins}, {story.who("worker"), 99999000_units}});
    const BuiltTx end = story.spend({sent.out(0)}, {{story.who("listed"), 199999000_units}});
    story.target("listed");
    const Trace trace = story.trace({wage.out(0)});

    REQUIRE(units(trace.totals) ==
            std::vector<std::uint64_t>{300000000, 199999000, 0, 99999000, 2000});
    REQUIRE(trace.reached.size() == 1);
    const Arrival& arrival = trace.reached[0];
    REQUIRE(arrival.coin.at() == end.out(0));
    REQUIRE(arrival.coin.tx.time.seconds == ChainBuilder::kFirstBlockTime.seconds + 4 * 600);
    REQUIRE(arrival.amount == 199999000_units);
    REQUIRE(arrival.hops == 3);
    REQUIRE(arrival.path.size() == 3);
    REQUIRE(arrival.path[0].output.at() == wage.out(0));
    REQUIRE(arrival.path[1].output.at() == sent.out(0));
    REQUIRE(arrival.path[2].output.at() == end.out(0));
    REQUIRE(arrival.path[1].amount == 2_coins);
    REQUIRE(arrival.path[2].carried == 199999000_units);
    REQUIRE(trace.transactions == 2);
}

TEST_CASE("walk: a payout straight to the target is one hop", "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("listed", 3_coins);
    story.target("listed");
    const Trace trace = story.trace({wage.out(0)});
    REQUIRE(trace.reached.size() == 1);
    REQUIRE(trace.reached[0].hops == 1);
    REQUIRE(trace.totals.reached == 3_coins);
}

TEST_CASE("walk: a transaction waits for all its tainted parents, also within a block",
          "[trace][walk]") {
    const auto policy = GENERATE(Policy::fifo, Policy::haircut);
    Story story;
    const BuiltTx wage = story.payout("worker", 3_coins);
    // left goes straight to the merge, right takes two transactions more, all in one block.
    const BuiltTx fork = story.chain.tx(
        {wage.out(0)}, {{story.who("left"), 1_coins}, {story.who("right"), 2_coins}});
    const BuiltTx detour = story.chain.tx({fork.out(1)}, {{story.who("right"), 2_coins}});
    const BuiltTx merge =
        story.chain.tx({fork.out(0), detour.out(0)}, {{story.who("listed"), 3_coins}});
    story.chain.block({fork, detour, merge});
    story.target("listed");
    const Trace trace = story.trace({wage.out(0)}, policy);

    REQUIRE(trace.transactions == 3);
    REQUIRE(trace.reached.size() == 1);
    REQUIRE(trace.reached[0].amount == 3_coins);
    // The detour carried more.
    REQUIRE(trace.reached[0].hops == 4);
    REQUIRE(trace.reached[0].path[2].output.at() == detour.out(0));
    REQUIRE(trace.reached[0].path[3].carried == 2_coins);
}

TEST_CASE("walk: the earlier input wins a tie between ways", "[trace][walk]") {
    const auto policy = GENERATE(Policy::fifo, Policy::haircut);
    Story story;
    const BuiltTx wage = story.payout("worker", 2_coins);
    const BuiltTx fork =
        story.spend({wage.out(0)}, {{story.who("left"), 1_coins}, {story.who("right"), 1_coins}});
    story.spend({fork.out(1), fork.out(0)}, {{story.who("listed"), 2_coins}});
    story.target("listed");
    const Trace trace = story.trace({wage.out(0)}, policy);
    REQUIRE(trace.reached[0].path[1].output.at() == fork.out(1));
}

TEST_CASE("walk: fifo and haircut share a mixed coin differently, and both sum", "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 4_coins);
    const BuiltTx mixed =
        story.spend({wage.out(0), story.strangers_coin()},
                    {{story.who("listed"), 27_coins}, {story.who("shop"), 27_coins}});
    story.target("listed");
    const Trace fifo = story.trace({wage.out(0)}, Policy::fifo);
    REQUIRE(units(fifo.totals) == std::vector<std::uint64_t>{400000000, 400000000, 0, 0, 0});
    const Trace haircut = story.trace({wage.out(0)}, Policy::haircut);
    REQUIRE(units(haircut.totals) ==
            std::vector<std::uint64_t>{400000000, 200000000, 0, 200000000, 0});
    REQUIRE(haircut.reached[0].coin.at() == mixed.out(0));
}

TEST_CASE("walk: where order counts, coins of others stand where they stood", "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 3_coins);
    const BuiltTx others = story.spend({story.strangers_coin()}, {{story.who("a"), 1_coins},
                                                                  {story.who("b"), 2_coins},
                                                                  {story.who("c"), 4_coins},
                                                                  {story.who("d"), 5_coins}});
    // 1 + 2 of others, then the wage, then 4 + 5 of others; no fee.
    const BuiltTx mixed = story.spend(
        {others.out(0), others.out(1), wage.out(0), others.out(2), others.out(3)},
        {{story.who("x"), 4_coins}, {story.who("y"), 1_coins}, {story.who("z"), 10_coins}});
    const auto in_outputs = [&](Policy policy) {
        std::map<OutPoint, std::uint64_t> shares;
        for (const Stop& stop : story.trace({wage.out(0)}, policy).unspent)
            shares[stop.coin.at()] = stop.amount().units();
        return shares;
    };
    using Shares = std::map<OutPoint, std::uint64_t>;
    REQUIRE(in_outputs(Policy::fifo) == Shares{{mixed.out(0), 1'0000'0000},
                                               {mixed.out(1), 1'0000'0000},
                                               {mixed.out(2), 1'0000'0000}});
    REQUIRE(in_outputs(Policy::lifo) == Shares{{mixed.out(2), 3'0000'0000}});
    REQUIRE(in_outputs(Policy::haircut) == Shares{{mixed.out(0), 8000'0000},
                                                  {mixed.out(1), 2000'0000},
                                                  {mixed.out(2), 2'0000'0000}});
}

TEST_CASE("walk: services, mixes and burnt outputs end it with their reason", "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 10_coins);
    const Address burnt{LedgerId::btc_regtest, AddressKind::op_return, {0x6a}};
    const BuiltTx fork = story.spend({wage.out(0)}, {{story.who("exchange"), 1_coins},
                                                     {burnt, 2_coins},
                                                     {story.who("mixer"), 3_coins},
                                                     {story.who("idle"), 399990000_units}});
    const BuiltTx mix = story.spend({fork.out(2)}, {{story.who("someone"), 3_coins}});
    story.spend({fork.out(0)}, {{story.who("listed"), 1_coins}});
    story.service("exchange");
    story.coinjoin(mix);
    story.target("listed");
    const Trace trace = story.trace({wage.out(0)});
    REQUIRE(by_reason(trace) ==
            Reasons{{"service", 100000000}, {"unspendable", 200000000}, {"coinjoin", 300000000}});
    REQUIRE(units(trace.totals) ==
            std::vector<std::uint64_t>{1000000000, 0, 600000000, 399990000, 10000});
    REQUIRE(trace.stopped[0].label == "an exchange");
    REQUIRE_FALSE(trace.stopped[0].spender.has_value());
    REQUIRE(trace.stopped[2].spender == mix.txid);
}

TEST_CASE("walk: value that was stopped counts as untainted where it comes back", "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 2_coins);
    const BuiltTx fork = story.spend(
        {wage.out(0)}, {{story.who("exchange"), 1_coins}, {story.who("worker"), 1_coins}});
    story.spend({fork.out(0), fork.out(1)}, {{story.who("listed"), 2_coins}});
    story.service("exchange");
    story.target("listed");
    const Trace trace = story.trace({wage.out(0)});
    REQUIRE(units(trace.totals) ==
            std::vector<std::uint64_t>{200000000, 100000000, 100000000, 0, 0});
}

TEST_CASE("walk: a payout that becomes part of another payout is followed under that one's name",
          "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 2_coins);
    const BuiltTx back = story.spend({wage.out(0)}, {{story.who("employer"), 2_coins}});
    const BuiltTx again = story.spend({back.out(0)}, {{story.who("listed"), 2_coins}});
    story.target("listed");
    const Trace trace = story.trace({wage.out(0), again.out(0)});
    REQUIRE(units(trace.payouts[0].sums) ==
            std::vector<std::uint64_t>{200000000, 0, 200000000, 0, 0});
    REQUIRE(units(trace.payouts[1].sums) ==
            std::vector<std::uint64_t>{200000000, 200000000, 0, 0, 0});
    REQUIRE(trace.stopped[0].reason == StopReason::other_payout);
    REQUIRE(trace.stopped[0].coin.at() == again.out(0));
}

TEST_CASE("walk: hops, value and time end it where they are met", "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 2_coins);
    const BuiltTx first =
        story.spend({wage.out(0)}, {{story.who("a"), 1_units}, {story.who("b"), 199999999_units}});
    story.spend({first.out(0)}, {{story.who("c"), 1_units}});
    story.spend({first.out(1)}, {{story.who("listed"), 199999999_units}});
    story.target("listed");

    story.limits.max_hops = 2;
    REQUIRE(by_reason(story.trace({wage.out(0)})) == Reasons{{"max_hops", 200000000}});
    story.limits.max_hops = 3;
    REQUIRE(story.trace({wage.out(0)}).totals.reached == 199999999_units);

    story.limits.min_value = 2_units;
    REQUIRE(by_reason(story.trace({wage.out(0)})) == Reasons{{"value_floor", 1}});

    story.limits.window_seconds = 1800;
    REQUIRE(story.trace({wage.out(0)}).totals.reached == 199999999_units);
    story.limits.window_seconds = 1799;
    REQUIRE(by_reason(story.trace({wage.out(0)})) ==
            Reasons{{"time_window", 199999999}, {"value_floor", 1}});
}

TEST_CASE("walk: limits hold for each payout by itself", "[trace][walk]") {
    const auto policy = GENERATE(Policy::fifo, Policy::haircut);
    Story story;
    const BuiltTx big = story.payout("worker", 2_coins);
    const BuiltTx small = story.payout("friend", 1_coins);
    const BuiltTx both = story.spend({small.out(0), big.out(0)}, {{story.who("pot"), 3_coins}});
    story.spend({both.out(0)}, {{story.who("listed"), 1_coins}, {story.who("pot"), 2_coins}});
    story.target("listed");
    story.limits.min_value = 150000000_units;
    const Trace trace = story.trace({big.out(0), small.out(0)}, policy);
    REQUIRE(by_reason(trace) == Reasons{{"value_floor", 100000000}});
    REQUIRE(trace.payouts[1].sums.stopped == 1_coins);
    REQUIRE(trace.payouts[0].sums.reached + trace.payouts[0].sums.residual == 2_coins);
}

TEST_CASE("walk: a spent work budget doubles the value floor instead of cutting late hops",
          "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 8_coins);
    std::vector<simulator::Output> outputs;
    for (int i = 0; i < 6; ++i) outputs.push_back({story.who("small"), 1000_units});
    outputs.push_back({story.who("large"), 799994000_units});
    const BuiltTx fork = story.spend({wage.out(0)}, outputs);
    for (std::uint32_t i = 0; i < 6; ++i)
        story.spend({fork.out(i)}, {{story.who("shop"), 1000_units}});
    story.spend({fork.out(6)}, {{story.who("listed"), 799994000_units}});
    story.target("listed");
    story.limits.transactions_max = 3;
    const Trace trace = story.trace({wage.out(0)});
    REQUIRE(trace.value_floor == 1024_units);
    REQUIRE(trace.restarts == 1);
    REQUIRE(trace.transactions == 2);
    REQUIRE(trace.totals.reached == 799994000_units);
    REQUIRE(by_reason(trace) == Reasons{{"value_floor", 6000}});

    story.limits.transactions_max = 0;
    REQUIRE(by_reason(story.trace({wage.out(0)})) == Reasons{{"value_floor", 800000000}});
}

TEST_CASE("walk: more arrivals than a budget of paths is an error that says what to do",
          "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("listed", 8_coins);
    story.target("listed");
    story.limits.path_steps_max = 0;
    const auto traced = story.try_trace({wage.out(0)}, Policy::fifo);
    REQUIRE_FALSE(traced.has_value());
    REQUIRE(traced.error().code == ErrorCode::limit);
}

TEST_CASE("walk: steps show every lot of every transaction that was taken apart", "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 4_coins);
    const BuiltTx mixed =
        story.spend({story.strangers_coin(), wage.out(0)},
                    {{story.who("a"), 52_coins}, {story.who("b"), 199999000_units}});
    story.control.keep_steps = true;
    const Trace trace = story.trace({wage.out(0)});
    REQUIRE(trace.steps.size() == 1);
    const Step& step = trace.steps[0];
    REQUIRE(step.tx.txid == mixed.txid);
    REQUIRE(step.inputs[0].at == story.strangers_coin());
    REQUIRE(step.inputs[0].lots == std::vector<Lot>{{std::nullopt, 0_units, 50_coins}});
    REQUIRE(step.inputs[1].lots == std::vector<Lot>{{SourceId(0), 4_coins, 4_coins}});
    REQUIRE(step.outputs[0].lots ==
            std::vector<Lot>{{std::nullopt, 0_units, 50_coins}, {SourceId(0), 2_coins, 2_coins}});
    REQUIRE(step.outputs[1].lots ==
            std::vector<Lot>{{SourceId(0), 199999000_units, 199999000_units}});
    REQUIRE(step.fee == 1000_units);
    REQUIRE(step.fee_lots == std::vector<Lot>{{SourceId(0), 1000_units, 1000_units}});
}

TEST_CASE("walk: a payout named twice is refused, and a request to stop is obeyed",
          "[trace][walk]") {
    Story story;
    const BuiltTx wage = story.payout("worker", 3_coins);
    story.spend({wage.out(0)}, {{story.who("a"), 3_coins}});
    const auto twice = story.try_trace({wage.out(0), wage.out(0)}, Policy::fifo);
    REQUIRE(twice.error().code == ErrorCode::invalid);

    std::stop_source source;
    source.request_stop();
    story.control.stop = source.get_token();
    REQUIRE(story.try_trace({wage.out(0)}, Policy::fifo).error().code == ErrorCode::cancelled);
}

TEST_CASE("walk: nothing to follow is an empty answer", "[trace][walk]") {
    Story story;
    const Trace trace = story.trace({});
    REQUIRE(trace.totals.balanced());
    REQUIRE(trace.totals.amount == 0_units);
}

}  // namespace wagetrail
