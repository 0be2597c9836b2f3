#include "heuristics/coinjoin.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

using Amounts = std::vector<std::uint64_t>;

/// Everybody has an address of his own, all of one kind.
TxShape shape(const Amounts& inputs,
              const Amounts& outputs,
              AddressKind kind = AddressKind::p2wpkh) {
    TxShape made;
    std::uint64_t next = 0;
    for (const std::uint64_t units : inputs)
        made.inputs.push_back({AddrId(next++), Amount(units), kind});
    for (const std::uint64_t units : outputs)
        made.outputs.push_back({AddrId(next++), Amount(units), kind});
    return made;
}

ShapeFinding found(const TxShape& shape) {
    return classify(shape, coinjoin_gates(LedgerId::btc_regtest), Height(1));
}

std::string_view class_of(const TxShape& shape) {
    return name(found(shape).tx_class);
}

std::string_view class_on_btc(const TxShape& shape, std::uint32_t height) {
    return name(classify(shape, coinjoin_gates(LedgerId::btc), Height(height)).tx_class);
}

TxShape whirlpool() {
    return shape({1'000'000, 1'000'000, 1'000'000, 1'003'932, 1'005'142}, Amounts(5, 1'000'000));
}

TxShape tx0() {
    TxShape made = shape({3'500'000}, {50'000, 428'068, 1'003'932, 1'003'932, 1'003'932});
    made.data_outputs = 1;
    return made;
}

TxShape joinmarket() {
    return shape({9'500'000, 12'000'000, 8'100'000, 30'000'000, 8'000'000},
                 {8'000'000, 8'000'000, 8'000'000, 8'000'000, 8'000'000, 1'500'700, 4'000'500,
                  101'000, 21'990'000});
}

/// Fifteen people with two coins each; ten percent of 0.1 as change and a fee.
TxShape wasabi1() {
    Amounts inputs(30, 7'000'000);
    Amounts outputs(15, 9'993'000);
    for (std::uint64_t i = 0; i < 15; ++i) outputs.push_back(3'900'000 + i);
    outputs.push_back(900'000);
    return shape(inputs, outputs);
}

TxShape wasabi2() {
    return shape({9'000'000, 8'000'000, 7'000'000, 6'000'000, 5'000'000, 4'000'000, 3'000'000,
                  2'000'000, 1'500'000, 1'400'000},
                 {10'000'000, 10'000'000, 5'000'000, 5'000'000, 2'097'152, 2'097'152, 2'097'152,
                  1'594'323, 1'594'323, 1'062'882, 531'441, 500'000, 123'456});
}

}  // namespace

TEST_CASE("coinjoin: a Whirlpool mix is five to ten equal outputs of a pool",
          "[heuristics][coinjoin]") {
    const ShapeFinding mix = found(whirlpool());
    CHECK(mix.tx_class == TxClass::whirlpool);
    CHECK(mix.equal.count == 5);
    CHECK(mix.entrants == 2);
    CHECK(is_coinjoin(mix.tx_class));

    SECTION("one of its outputs may be of another kind") {
        TxShape other = whirlpool();
        other.outputs[0].kind = AddressKind::p2wsh;
        CHECK(class_of(other) == "whirlpool");
    }
    SECTION("not with a value that is no pool") {
        CHECK(class_of(shape({1'000'001, 1'000'001, 1'000'001, 1'003'933, 1'005'143},
                             Amounts(5, 1'000'001))) == "equal_output_coinjoin");
    }
    SECTION("not when an entrant brings too much") {
        TxShape rich = whirlpool();
        rich.inputs[4].amount = Amount(1'110'001);
        CHECK(class_of(rich) != "whirlpool");
    }
    SECTION("not when nobody is remixed") {
        CHECK(class_of(shape(Amounts(5, 1'003'932), Amounts(5, 1'000'000))) != "whirlpool");
    }
    SECTION("not before it existed, but its shape stays a CoinJoin") {
        CHECK(class_on_btc(whirlpool(), 569'999) == "equal_output_coinjoin");
        CHECK(class_on_btc(whirlpool(), 570'000) == "whirlpool");
    }
}

TEST_CASE("coinjoin: a Tx0 is one wallet's split and no CoinJoin", "[heuristics][coinjoin]") {
    const ShapeFinding split = found(tx0());
    CHECK(split.tx_class == TxClass::whirlpool_tx0);
    CHECK(split.equal.count == 3);
    CHECK(split.service_fee == Amount(50'000));
    CHECK(split.changes == 1);
    CHECK_FALSE(is_coinjoin(split.tx_class));

    SECTION("also of several coins, which looks like a round") {
        TxShape coins = shape({1'500'000, 1'300'000, 1'200'000, 1'100'000},
                              {1'003'932, 1'003'932, 1'003'932, 50'000, 428'068, 428'069});
        coins.inputs[0].kind = AddressKind::p2pkh;
        CHECK(class_of(coins) == "equal_output_coinjoin");
        coins.data_outputs = 1;
        CHECK(class_of(coins) == "whirlpool_tx0");
    }
    TxShape without_data = tx0();
    without_data.data_outputs = 0;
    CHECK(class_of(without_data) == "ordinary");
    TxShape without_fee = tx0();
    without_fee.outputs[0].amount = Amount(10'000);
    CHECK(class_of(without_fee) == "ordinary");
    CHECK(class_on_btc(tx0(), 569'999) == "ordinary");
}

TEST_CASE("coinjoin: JoinMarket is one denomination, one change for each maker",
          "[heuristics][coinjoin]") {
    CHECK(class_of(joinmarket()) == "joinmarket");
    CHECK(class_on_btc(joinmarket(), 336'860) == "equal_output_coinjoin");

    SECTION("also with a denomination of Wasabi's, while it is small") {
        const auto round = [](std::uint64_t size) {
            Amounts outputs(size, 10'000'000);
            for (std::uint64_t i = 0; i < size; ++i) outputs.push_back(1'990'000 + i);
            return shape(Amounts(size, 12'000'000), outputs);
        };
        CHECK(class_of(round(20)) == "joinmarket");
        CHECK(class_of(round(21)) == "wasabi1");
    }
    SECTION("the taker may pay an address of another kind") {
        TxShape paid = joinmarket();
        paid.outputs[0].kind = AddressKind::p2wsh;
        CHECK(class_of(paid) == "joinmarket");
        paid.outputs[1].kind = AddressKind::p2wsh;
        CHECK(class_of(paid) == "equal_output_coinjoin");
    }
    SECTION("not when an output goes back to an input's address") {
        TxShape back = joinmarket();
        back.outputs[5].address = back.inputs[0].address;
        CHECK(class_of(back) == "equal_output_coinjoin");
    }
    SECTION("not when the largest coin is too large for one denomination and one change") {
        TxShape large = joinmarket();
        large.inputs[3].amount = Amount(31'000'000);
        large.inputs[4].amount = Amount(7'000'000);
        CHECK(class_of(large) != "joinmarket");
    }
    SECTION("not when a third of the inputs reuses addresses") {
        TxShape reuse = joinmarket();
        reuse.inputs.resize(7, {AddrId(0), Amount(1'000), AddressKind::p2wpkh});
        CHECK(class_of(reuse) == "joinmarket");
        reuse.inputs.resize(8, {AddrId(0), Amount(1'000), AddressKind::p2wpkh});
        CHECK(class_of(reuse) != "joinmarket");
    }
}

TEST_CASE("coinjoin: Wasabi 1 is ten and more outputs of about a tenth of a coin",
          "[heuristics][coinjoin]") {
    const ShapeFinding round = found(wasabi1());
    CHECK(round.tx_class == TxClass::wasabi1);
    CHECK(round.payers == 30);
    CHECK(class_on_btc(wasabi1(), 530'499) == "equal_output_coinjoin");
    TxShape legacy = wasabi1();
    for (ShapeLeg& in : legacy.inputs) in.kind = AddressKind::p2pkh;
    CHECK(class_of(legacy) == "equal_output_coinjoin");
    SECTION("not when one address brings more than a tenth of the inputs") {
        TxShape one = wasabi1();
        for (std::size_t i = 0; i < 4; ++i) one.inputs[i].address = AddrId(0);
        CHECK(class_of(one) != "wasabi1");
    }
    SECTION("also when everybody takes twice the base beside it, and some four times") {
        Amounts inputs(26, 80'000'000);
        Amounts outputs(26, 9'957'467);
        outputs.insert(outputs.end(), 26, 19'914'934);
        outputs.insert(outputs.end(), 22, 39'829'868);
        for (std::uint64_t i = 0; i < 26; ++i) outputs.push_back(3'900'000 + i);
        outputs.push_back(900'000);
        const ShapeFinding levels = found(shape(inputs, outputs));
        CHECK(levels.tx_class == TxClass::wasabi1);
        CHECK(levels.equal.amount == Amount(9'957'467));
        CHECK(levels.equal.count == 26);
    }
}

TEST_CASE("coinjoin: WabiSabi is standard values in descending order", "[heuristics][coinjoin]") {
    const ShapeFinding round = found(wasabi2());
    CHECK(round.tx_class == TxClass::wasabi2);
    CHECK(round.tiers == 4);
    CHECK(round.standard_outputs == 12);
    CHECK(class_on_btc(wasabi2(), 741'212) == "tiered_coinjoin");
    SECTION("in another order the protocol is not told apart") {
        TxShape shuffled = wasabi2();
        std::swap(shuffled.inputs[0], shuffled.inputs[1]);
        CHECK(class_of(shuffled) == "tiered_coinjoin");
    }
    SECTION("not from few payers") {
        TxShape few = wasabi2();
        few.inputs[1].address = few.inputs[0].address;
        CHECK(class_of(few) != "wasabi2");
    }
}

TEST_CASE("coinjoin: equal payouts of one payer are none", "[heuristics][coinjoin]") {
    CHECK(class_of(shape({9'000'000}, {1'000'000, 1'000'000, 1'000'000, 5'900'000})) == "ordinary");
    // Three coins of its wallet, one change: a payroll has one change for everybody.
    CHECK(class_of(shape({2'000'000, 2'000'000, 1'500'000},
                         {1'000'000, 1'000'000, 1'000'000, 2'400'000})) == "ordinary");
    // Sixty coins are swept and three equal parts paid out.
    CHECK(class_of(shape(Amounts(62, 1'100'000),
                         {21'000'000, 21'000'000, 21'000'000, 5'000'000, 190'000})) == "ordinary");
    // As many coins as payouts and as many changes, but far more coins than a round has.
    Amounts outputs(6, 20'000'000);
    for (std::uint64_t i = 0; i < 7; ++i) outputs.push_back(100'000 + i);
    CHECK(class_of(shape(Amounts(121, 1'010'000), outputs)) == "ordinary");
}

TEST_CASE("coinjoin: two equal outputs are a Stonewall and no finding", "[heuristics][coinjoin]") {
    CHECK(class_of(shape({3'000'000, 2'500'000}, {2'000'000, 2'000'000, 990'000, 490'000})) ==
          "ordinary");
}

TEST_CASE("coinjoin: a payment with several inputs of one kind is a possible PayJoin",
          "[heuristics][coinjoin]") {
    const TxShape payment = shape({3'000'000, 2'000'000}, {4'000'000, 990'000});
    CHECK(class_of(payment) == "possible_payjoin");
    CHECK_FALSE(is_coinjoin(TxClass::possible_payjoin));
    TxShape other_kind = payment;
    other_kind.outputs[0].kind = AddressKind::p2pkh;
    CHECK(class_of(other_kind) == "ordinary");
    TxShape change_back = payment;
    change_back.outputs[1].address = payment.inputs[0].address;
    CHECK(class_of(change_back) == "ordinary");
    CHECK(class_of(shape({3'000'000, 2'000'000}, {4'990'000})) == "ordinary");
    // No output is larger than an input, so nobody added one to it.
    CHECK(class_of(shape({2'000'000, 2'000'000}, {1'500'000, 1'500'000})) == "ordinary");
}

TEST_CASE("coinjoin: a ledger without the protocols keeps the general shapes",
          "[heuristics][coinjoin]") {
    const auto on_ltc = [](const TxShape& shape) {
        return name(classify(shape, coinjoin_gates(LedgerId::ltc), Height(900'000)).tx_class);
    };
    CHECK(on_ltc(whirlpool()) == "equal_output_coinjoin");
    CHECK(on_ltc(wasabi2()) == "tiered_coinjoin");
    CHECK(on_ltc(tx0()) == "ordinary");
}

}  // namespace wagetrail
