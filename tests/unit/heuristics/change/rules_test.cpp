#include "heuristics/change/rules.h"

#include "heuristics/change/ballot.h"

#include <catch2/catch.hpp>

#include <map>

namespace wagetrail {
namespace {

using Votes = std::vector<Vote>;

const Votes kFirst{Vote::change, Vote::not_change};
const Votes kSecond{Vote::not_change, Vote::change};
const Votes kNeither{Vote::abstain, Vote::abstain};

/// Two P2WPKH inputs of 5 and 7 coins, two outputs of 4 and 7.9 that nobody spent and whose
/// addresses are old: no rule can tell.
Payment dull() {
    Payment payment{.tx = TxId(100), .flags = {}, .fee = Amount(10'000'000)};
    payment.flags.version = index::TxFlags::VersionClass::two;
    std::uint64_t address = 1;
    for (const std::uint64_t units : {500'000'000U, 700'000'000U})
        payment.inputs.push_back(
            {.address = AddrId(address++), .kind = AddressKind::p2wpkh, .amount = Amount(units)});
    std::uint32_t vout = 0;
    for (const std::uint64_t units : {500'000'000U, 690'000'000U})
        payment.outputs.push_back({.vout = OutIndex(vout++),
                                   .address = AddrId(address++),
                                   .kind = AddressKind::p2wpkh,
                                   .amount = Amount(units)});
    return payment;
}

/// The same with both outputs spent by transactions like the payment itself.
Payment spent() {
    Payment payment = dull();
    std::uint64_t id = 200;
    for (PaymentOutput& out : payment.outputs)
        out.spender =
            SpendingTx{.id = TxId(id++), .flags = payment.flags, .inputs = 2, .outputs = 1};
    return payment;
}

Votes ask(ChangeRule rule, const Payment& payment) {
    return votes(rule, payment, {});
}

}  // namespace

TEST_CASE("change: nothing known, no vote", "[heuristics][change]") {
    for (const ChangeRule rule : kChangeRules) {
        CAPTURE(name(rule));
        REQUIRE(ask(rule, dull()) == kNeither);
        REQUIRE(ask(rule, spent()) == kNeither);
    }
    REQUIRE_FALSE(ballot(dull(), kAllChangeRules, {}).leader);
}

TEST_CASE("change: no rule acts where change is open, mixed or many", "[heuristics][change]") {
    Payment payment = dull();
    payment.outputs[1].is_new = true;
    REQUIRE(ask(ChangeRule::one_time, payment) == kSecond);

    Payment reuse = payment;
    reuse.outputs[0].address = reuse.inputs[1].address;
    REQUIRE(ask(ChangeRule::one_time, reuse) == kNeither);

    Payment mix = payment;
    mix.is_coinjoin = true;
    REQUIRE(ask(ChangeRule::one_time, mix) == kNeither);

    Payment reward = payment;
    reward.flags.is_coinbase = true;
    REQUIRE(ask(ChangeRule::one_time, reward) == kNeither);

    Payment sweep = payment;
    sweep.outputs.erase(sweep.outputs.begin());
    REQUIRE(ask(ChangeRule::one_time, sweep) == Votes{Vote::abstain});

    REQUIRE(votes(ChangeRule::one_time, payment, {.outputs_max = 1}) == kNeither);
}

TEST_CASE("change: one_time takes the only new address", "[heuristics][change]") {
    Payment payment = dull();
    payment.outputs[1].is_new = true;
    REQUIRE(ask(ChangeRule::one_time, payment) == kSecond);
    payment.outputs[0].is_new = true;  // both are: the payee may be new too
    REQUIRE(ask(ChangeRule::one_time, payment) == kNeither);
}

TEST_CASE("change: single_receipt asks what came later", "[heuristics][change]") {
    Payment payment = dull();
    payment.outputs[0].is_new = payment.outputs[1].is_new = true;
    payment.outputs[0].is_paid_once = true;  // the other one received again
    REQUIRE(ask(ChangeRule::single_receipt, payment) == kFirst);
    payment.outputs[1].is_paid_once = true;
    REQUIRE(ask(ChangeRule::single_receipt, payment) == kNeither);
}

TEST_CASE("change: address_type follows the inputs' only kind", "[heuristics][change]") {
    Payment payment = dull();
    payment.outputs[0].kind = AddressKind::p2pkh;
    REQUIRE(ask(ChangeRule::address_type, payment) == kSecond);
    payment.outputs[1].kind = AddressKind::p2tr;  // neither is of the inputs' kind
    REQUIRE(ask(ChangeRule::address_type, payment) == kNeither);
    Payment mixed = dull();
    mixed.outputs[0].kind = AddressKind::p2pkh;
    mixed.inputs[0].kind = AddressKind::p2pkh;
    REQUIRE(ask(ChangeRule::address_type, mixed) == kNeither);
}

TEST_CASE("change: power_of_ten takes the only amount that is not round", "[heuristics][change]") {
    Payment payment = dull();
    payment.outputs[1].amount = Amount(689'991'234);
    REQUIRE(ask(ChangeRule::power_of_ten, payment) == kSecond);
    REQUIRE(votes(ChangeRule::power_of_ten, payment, {.round_zeros = 0}) == kNeither);
    payment.outputs[0].amount = Amount(123'456'789);
    REQUIRE(ask(ChangeRule::power_of_ten, payment) == kNeither);
}

TEST_CASE("change: round_fiat takes the only amount that is not round in dollars",
          "[heuristics][change]") {
    Payment payment = dull();
    payment.outputs[0].amount = Amount(80'000'000);             // at 50 dollars: 40.00
    payment.outputs[1].amount = Amount(911'000'000);            // 455.50
    REQUIRE(ask(ChangeRule::round_fiat, payment) == kNeither);  // no rate, no vote
    payment.cents_per_coin = 5'000;
    REQUIRE(ask(ChangeRule::round_fiat, payment) == kSecond);
    payment.outputs[0].amount = Amount(80'150'000);  // 40.08: within 0.25 %
    REQUIRE(ask(ChangeRule::round_fiat, payment) == kSecond);
    payment.outputs[0].amount = Amount(80'300'000);  // 40.15: not
    REQUIRE(ask(ChangeRule::round_fiat, payment) == kNeither);
    payment.outputs[0].amount = Amount(1'000);  // less than a dollar is not round
    REQUIRE(ask(ChangeRule::round_fiat, payment) == kNeither);
    payment.outputs[0].amount = Amount(80'000'000);
    payment.outputs[1].amount = Amount(1'000'000'000);  // 500.00
    REQUIRE(ask(ChangeRule::round_fiat, payment) == kNeither);
}

TEST_CASE("change: optimal_change is below every input less the fee", "[heuristics][change]") {
    Payment payment = dull();
    payment.outputs[0].amount = Amount(489'999'999);
    REQUIRE(ask(ChangeRule::optimal_change, payment) == kFirst);
    payment.outputs[0].amount = Amount(490'000'000);  // an input less would not have paid the fee
    REQUIRE(ask(ChangeRule::optimal_change, payment) == kNeither);
    payment.outputs[0].amount = payment.outputs[1].amount = Amount(10);
    REQUIRE(ask(ChangeRule::optimal_change, payment) == kNeither);
    Payment one_input = dull();
    one_input.inputs.pop_back();
    one_input.outputs[0].amount = Amount(10);
    REQUIRE(ask(ChangeRule::optimal_change, one_input) == kNeither);
    Payment dear = dull();
    dear.fee = Amount(600'000'000);  // above the least input
    dear.outputs[0].amount = Amount(0);
    REQUIRE(ask(ChangeRule::optimal_change, dear) == kNeither);
}

TEST_CASE("change: fingerprints follow the spender that works like the payer",
          "[heuristics][change]") {
    const std::map<ChangeRule, void (*)(index::TxFlags&)> other_software{
        {ChangeRule::locktime,
         [](index::TxFlags& f) { f.lock_time = index::TxFlags::LockTimeClass::height; }},
        {ChangeRule::version,
         [](index::TxFlags& f) { f.version = index::TxFlags::VersionClass::one; }},
        {ChangeRule::rbf, [](index::TxFlags& f) { f.signals_rbf = true; }},
        {ChangeRule::witness, [](index::TxFlags& f) { f.has_witness = true; }},
    };
    for (const auto& [rule, differ] : other_software) {
        CAPTURE(name(rule));
        Payment payment = spent();
        differ(payment.outputs[0].spender->flags);
        REQUIRE(ask(rule, payment) == kSecond);
        for (const auto& [other, ignored] : other_software)
            if (other != rule) REQUIRE(ask(other, payment) == kNeither);
        Payment both = payment;
        differ(both.outputs[1].spender->flags);
        REQUIRE(ask(rule, both) == kNeither);
        Payment unspent = payment;
        unspent.outputs[0].spender.reset();  // it may yet be spent by the same software
        REQUIRE(ask(rule, unspent) == kNeither);
    }
}

TEST_CASE("change: consumer rules out what is spent on many outputs", "[heuristics][change]") {
    Payment payment = spent();
    payment.outputs[0].spender->outputs = 3;
    REQUIRE(ask(ChangeRule::consumer, payment) == kSecond);
    payment.outputs[1].spender->outputs = 40;
    REQUIRE(ask(ChangeRule::consumer, payment) == kNeither);
    payment.outputs[1].spender.reset();
    REQUIRE(ask(ChangeRule::consumer, payment) == kNeither);
}

TEST_CASE("change: peel follows one input and two outputs on and on", "[heuristics][change]") {
    Payment payment = spent();
    payment.inputs.pop_back();
    payment.outputs[1].spender->inputs = 1;
    payment.outputs[1].spender->outputs = 2;
    REQUIRE(ask(ChangeRule::peel, payment) == kSecond);

    Payment last = spent();  // of a chain: nothing after it has the shape
    last.inputs.pop_back();
    last.follows_peel = true;
    REQUIRE(ask(ChangeRule::peel, last) == kNeither);
    last.outputs[0].spender.reset();  // the end that is left
    REQUIRE(ask(ChangeRule::peel, last) == kFirst);
    last.follows_peel = false;
    REQUIRE(ask(ChangeRule::peel, last) == kNeither);

    Payment open = payment;  // the other output may become a chain too
    open.outputs[0].spender.reset();
    REQUIRE(ask(ChangeRule::peel, open) == kNeither);

    Payment wide = payment;
    wide.inputs.push_back(wide.inputs.front());
    REQUIRE(ask(ChangeRule::peel, wide) == kNeither);
    Payment noted = payment;
    noted.has_data = true;
    REQUIRE(ask(ChangeRule::peel, noted) == kNeither);
}

TEST_CASE("change: a ballot's margin is what the leader has more than the next",
          "[heuristics][change]") {
    Payment payment = spent();
    payment.outputs[1].is_new = payment.outputs[1].is_paid_once = true;
    payment.outputs[1].amount = Amount(689'991'234);
    Ballot three = ballot(payment, kAllChangeRules, {});
    REQUIRE(three.leader == 1);
    REQUIRE(three.margin == 3);
    REQUIRE(three.for_leader == std::vector{ChangeRule::one_time, ChangeRule::single_receipt,
                                            ChangeRule::power_of_ten});
    REQUIRE(three.against_leader.empty());

    payment.outputs[1].kind = AddressKind::p2pkh;  // address_type speaks for the other one
    Ballot against = ballot(payment, kAllChangeRules, {});
    REQUIRE(against.leader == 1);
    REQUIRE(against.margin == 2);
    REQUIRE(against.against_leader == std::vector{ChangeRule::address_type});

    Payment tie = dull();
    tie.outputs[0].is_new = true;
    tie.outputs[1].amount = Amount(689'991'234);
    REQUIRE_FALSE(ballot(tie, kAllChangeRules, {}).leader);
    REQUIRE(ballot(tie, kAllChangeRules, {}).margin == 0);
}

}  // namespace wagetrail
