#include "heuristics/trace/subjects.h"

#include "chain/base58.h"
#include "chain/descriptor.h"

#include "tests/unit/heuristics/trace/payout_scene.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

using simulator::BuiltTx;
using simulator::operator""_coins;
using simulator::operator""_units;
using OutPoints = std::vector<OutPoint>;

/// Master key of BIP32's vector 2, as regtest writes it.
std::string wallet_key() {
    auto bytes = *decode_base58check(
        "xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Zz8idoc4a6mr8BDz"
        "TJY47LJhkJ8UB7WEGuduB");
    constexpr std::uint8_t kTestnetVersion[] = {0x04, 0x35, 0x87, 0xCF};
    std::copy(std::begin(kTestnetVersion), std::end(kTestnetVersion), bytes.begin());
    return encode_base58check(bytes);
}

Address derived(const std::string& descriptor, std::size_t index) {
    const auto all = expand_descriptor(LedgerId::btc_regtest, descriptor, 10);
    if (!all) FAIL(all.error().what);
    return all->at(index);
}

/// A script that nobody can spend: OP_RETURN and a byte.
Address burnt() {
    return address_of_script(LedgerId::btc_regtest, Bytes{0x6A, 0x01, 0x00});
}

Address custom_script(std::uint8_t byte) {
    return address_of_script(LedgerId::btc_regtest, Bytes{0x51, byte});
}

}  // namespace

TEST_CASE("subjects: txid:vout is that output, change or not", "[trace][subjects]") {
    PayoutScene scene;
    const OutPoint coin = scene.mined_by(scene.who("employer"));
    const BuiltTx pay =
        scene.spend({coin}, {{scene.who("bob"), 3_coins}, {scene.who("employer"), 46_coins}});
    REQUIRE(scene.paid(text(pay.txid) + ":0") == OutPoints{pay.out(0)});
    REQUIRE(scene.paid(text(pay.txid) + ":1") == OutPoints{pay.out(1)});
    const Payouts found = scene.payouts(text(pay.txid) + ":1");
    REQUIRE(found.found[0].subject == text(pay.txid) + ":1");
    REQUIRE_FALSE(found.found[0].line);
    REQUIRE(found.missing.empty());
    REQUIRE(found.coinjoins.empty());
}

TEST_CASE("subjects: an output behind the last one is an error that names the last",
          "[trace][subjects]") {
    PayoutScene scene;
    const OutPoint coin = scene.mined_by(scene.who("employer"));
    const BuiltTx pay =
        scene.spend({coin}, {{scene.who("bob"), 3_coins}, {scene.who("employer"), 46_coins}});
    for (const std::string vout : {"2", "4294967295", "4294967296", "18446744073709551615"}) {
        const Error error = scene.refusal(text(pay.txid) + ":" + vout);
        REQUIRE(error.code == ErrorCode::invalid);
        REQUIRE(error.what.find("its last one is 1") != std::string::npos);
    }
}

TEST_CASE("subjects: a txid is what does not go back to the payer", "[trace][subjects]") {
    PayoutScene scene;
    const OutPoint coin = scene.mined_by(scene.who("employer"));
    const BuiltTx pay =
        scene.spend({coin}, {{scene.who("employer"), 40_coins},
                             {scene.who("bob"), 3_coins},
                             {scene.who("carol"), 2_coins},
                             {scene.chain.address("employer", AddressKind::p2pkh), 4_coins}});
    REQUIRE(scene.paid(text(pay.txid)) == OutPoints{pay.out(1), pay.out(2)});
}

TEST_CASE("subjects: a txid that pays only its payer has no payouts", "[trace][subjects]") {
    PayoutScene scene;
    const OutPoint coin = scene.mined_by(scene.who("employer"));
    const BuiltTx pay = scene.spend({coin}, {{scene.who("employer"), 49_coins}});
    REQUIRE(scene.paid(text(pay.txid)).empty());
    REQUIRE(scene.paid(text(scene.who("employer"))).empty());
}

TEST_CASE("subjects: a coinbase has no payer, so all it pays are payouts", "[trace][subjects]") {
    PayoutScene scene;
    const OutPoint reward = scene.mined_by(scene.who("miner"));
    REQUIRE(scene.paid(text(reward.txid)) == OutPoints{reward});
}

TEST_CASE("subjects: nothing and what nobody can spend are no payouts", "[trace][subjects]") {
    PayoutScene scene;
    const OutPoint coin = scene.mined_by(scene.who("employer"));
    const BuiltTx pay = scene.spend(
        {coin}, {{burnt(), 1_coins}, {scene.who("bob"), 0_units}, {scene.who("carol"), 1_units}});
    REQUIRE(scene.paid(text(pay.txid)) == OutPoints{pay.out(2)});
    REQUIRE(scene.paid(text(scene.who("employer"))) == OutPoints{pay.out(2)});
}

TEST_CASE("subjects: an address is all that its wallet paid, in chain order", "[trace][subjects]") {
    PayoutScene scene;
    const Address employer = scene.who("employer");
    const OutPoint first = scene.mined_by(employer);
    const OutPoint theirs = scene.mined_by(scene.who("stranger"));
    const BuiltTx early = scene.spend({first}, {{scene.who("bob"), 3_coins}, {employer, 46_coins}});
    const BuiltTx received = scene.spend({theirs}, {{employer, 49_coins}});
    const BuiltTx late = scene.spend({received.out(0), early.out(1)},
                                     {{employer, 90_coins}, {scene.who("bob"), 4_coins}});
    const Payouts found = scene.payouts(text(employer));
    REQUIRE(scene.at(found) == OutPoints{early.out(0), late.out(1)});
    REQUIRE(found.found[1].subject == text(employer));
    REQUIRE(scene.paid("btc-regtest:" + text(employer)) == scene.paid(text(employer)));
}

TEST_CASE("subjects: the level says how far the wallet reaches", "[trace][subjects]") {
    PayoutScene scene;
    const Address one = scene.who("employer");
    const Address two = scene.who("employer-2");
    const OutPoint a = scene.mined_by(one);
    const OutPoint b = scene.mined_by(two);
    const OutPoint c = scene.mined_by(two);
    const BuiltTx joint = scene.spend({a, b}, {{scene.who("bob"), 60_coins}, {two, 39_coins}});
    const BuiltTx alone = scene.spend({c}, {{scene.who("carol"), 9_coins}, {one, 40_coins}});
    REQUIRE(scene.paid(text(one)) == OutPoints{joint.out(0), alone.out(0)});
    REQUIRE(scene.paid(text(alone.txid)) == OutPoints{alone.out(0)});

    scene.scope.level = ClusterLevel::l0;
    REQUIRE(scene.paid(text(one)) == OutPoints{joint.out(0), joint.out(1)});
    REQUIRE(scene.paid(text(alone.txid)) == OutPoints{alone.out(0), alone.out(1)});
}

TEST_CASE("subjects: other forms of a key are the same wallet at L0", "[trace][subjects]") {
    PayoutScene scene;
    scene.scope.level = ClusterLevel::l0;
    const Address segwit = scene.who("employer");
    const Address legacy = scene.chain.address("employer", AddressKind::p2pkh);
    const OutPoint coin = scene.mined_by(segwit);
    const BuiltTx pay = scene.spend({coin}, {{scene.who("bob"), 3_coins}, {legacy, 46_coins}});
    REQUIRE(scene.paid(text(legacy)) == OutPoints{pay.out(0)});
    REQUIRE(scene.paid(text(segwit)) == OutPoints{pay.out(0)});
}

TEST_CASE("subjects: a ranged descriptor is one wallet of all its addresses", "[trace][subjects]") {
    PayoutScene scene;
    const std::string wallet = "wpkh(" + wallet_key() + "/0/*)";
    const OutPoint coin = scene.mined_by(derived(wallet, 0));
    const BuiltTx pay =
        scene.spend({coin}, {{scene.who("bob"), 3_coins}, {derived(wallet, 2), 46_coins}});
    const BuiltTx second = scene.spend({pay.out(1)}, {{scene.who("carol"), 45_coins}});
    const Payouts found = scene.payouts(wallet);
    REQUIRE(scene.at(found) == OutPoints{pay.out(0), second.out(0)});
    REQUIRE(found.found[0].subject == wallet);
    const std::string checked = wallet + "#" + *descriptor_checksum(wallet);
    REQUIRE(scene.paid(checked) == scene.paid(wallet));

    // The range ends before it: index 2 is a stranger's.
    scene.scope.descriptor_range = 2;
    REQUIRE(scene.paid(wallet) == OutPoints{pay.out(0), pay.out(1)});
    scene.scope.descriptor_range = 3;
    REQUIRE(scene.paid(wallet) == OutPoints{pay.out(0), second.out(0)});
}

TEST_CASE("subjects: a bare extended key is its receive and change chains", "[trace][subjects]") {
    PayoutScene scene;
    const std::string key = wallet_key();
    const OutPoint coin = scene.mined_by(derived("wpkh(" + key + "/0/*)", 1));
    const BuiltTx pay = scene.spend({coin}, {{scene.who("bob"), 3_coins},
                                             {derived("wpkh(" + key + "/1/*)", 4), 20_coins},
                                             {derived("pkh(" + key + "/1/*)", 0), 20_coins},
                                             {derived("wpkh(" + key + "/2/*)", 0), 6_coins}});
    REQUIRE(scene.paid(key) == OutPoints{pay.out(0), pay.out(3)});
}

TEST_CASE("subjects: what the ledger has not seen is not found", "[trace][subjects]") {
    PayoutScene scene;
    scene.mined_by(scene.who("employer"));
    const std::string unseen = std::string(64, 'a');
    for (const std::string& subject :
         {unseen, unseen + ":0", text(scene.who("nobody")),
          "btc-regtest:" + text(scene.who("nobody")), "wpkh(" + wallet_key() + "/0/*)",
          wallet_key(), std::string("raw(51)")}) {
        INFO(subject);
        const Error error = scene.refusal(subject);
        REQUIRE(error.code == ErrorCode::not_found);
        REQUIRE(error.what.find("not on btc-regtest as of height 1") != std::string::npos);
    }
    REQUIRE(scene.refusal(wallet_key()).what.find("none of the ") == 0);
}

TEST_CASE("subjects: what came after the view's block is not there", "[trace][subjects]") {
    PayoutScene scene;
    const Address employer = scene.who("employer");
    const OutPoint coin = scene.mined_by(employer);
    const BuiltTx pay = scene.spend({coin}, {{scene.who("bob"), 49_coins}});
    const index::LedgerView now = scene.view();
    const auto before = index::LedgerView::open_at(now.reader(), LedgerId::btc_regtest, Height(1));
    REQUIRE(before);
    Clusters clusters(*before);
    const auto by_txid = payouts_of(*before, clusters, text(pay.txid), scene.scope);
    REQUIRE_FALSE(by_txid);
    REQUIRE(by_txid.error().code == ErrorCode::not_found);
    const auto by_address = payouts_of(*before, clusters, text(employer), scene.scope);
    REQUIRE(by_address);
    REQUIRE(by_address->found.empty());
}

TEST_CASE("subjects: an entity of another ledger is refused", "[trace][subjects]") {
    PayoutScene scene;
    scene.mined_by(scene.who("employer"));
    const Error error = scene.refusal("btc:" + text(scene.who("employer")));
    REQUIRE(error.code == ErrorCode::invalid);
    REQUIRE(error.what == "the subject is of btc, the trace of btc-regtest");
}

TEST_CASE("subjects: what is no subject is refused, whatever it is", "[trace][subjects]") {
    PayoutScene scene;
    scene.mined_by(scene.who("employer"));
    const std::string hash(64, 'a');
    for (const std::string& subject : {std::string(),
                                       std::string(":"),
                                       std::string(":0"),
                                       std::string("hello"),
                                       hash + ":",
                                       hash + ":-1",
                                       hash + ":1x",
                                       hash + ":0x1",
                                       hash + ":18446744073709551616",
                                       hash + ":0:0",
                                       hash + "a",
                                       hash.substr(1),
                                       std::string(63, 'a') + "g",
                                       std::string("btc-regtest:"),
                                       std::string("btc-regtest:btc-regtest:"),
                                       std::string("nonsense:") + text(scene.who("employer")),
                                       std::string("wpkh("),
                                       std::string("wpkh()"),
                                       std::string("wpkh(") + wallet_key() + "/0/*)#aaaaaaaa",
                                       std::string("tr("),
                                       std::string("raw(5)"),
                                       std::string("raw(zz)"),
                                       std::string(1, '\0'),
                                       std::string("a\0b", 3),
                                       std::string(100'000, 'q'),
                                       std::string(100'000, '('),
                                       std::string("\xFF\xFE")}) {
        INFO(subject.substr(0, 100));
        const Error error = scene.refusal(subject);
        REQUIRE(error.code == ErrorCode::invalid);
        REQUIRE_FALSE(error.what.empty());
        REQUIRE(error.what.size() < 1000);
    }
}

TEST_CASE("subjects: a CoinJoin is left out and named", "[trace][subjects]") {
    PayoutScene scene;
    std::vector<OutPoint> coins;
    std::vector<simulator::Output> outputs;
    for (const std::string name : {"employer", "b", "c", "d", "e"}) {
        coins.push_back(scene.mined_by(scene.who(name)));
        outputs.push_back({scene.who("mixed-" + name), 30_coins});
        outputs.push_back({scene.who("change-" + name), 19_coins + Amount(outputs.size())});
    }
    const OutPoint plain = scene.mined_by(scene.who("employer"));
    const BuiltTx mix = scene.spend(coins, outputs);
    const BuiltTx pay = scene.spend({plain}, {{scene.who("bob"), 49_coins}});
    for (const std::string& subject : {text(scene.who("employer")), text(mix.txid)}) {
        const Payouts found = scene.payouts(subject);
        REQUIRE(found.coinjoins == std::vector<Txid>{mix.txid});
        REQUIRE(scene.at(found) ==
                (subject == text(mix.txid) ? OutPoints{} : OutPoints{pay.out(0)}));
    }
    // Somebody who names the output means it.
    REQUIRE(scene.paid(text(mix.txid) + ":0") == OutPoints{mix.out(0)});
}

TEST_CASE("subjects: bounds of the scope are met exactly", "[trace][subjects]") {
    PayoutScene scene;
    const Address one = scene.who("employer");
    const Address two = scene.who("employer-2");
    const OutPoint a = scene.mined_by(one);
    const OutPoint b = scene.mined_by(two);
    scene.spend({a, b}, {{scene.who("bob"), 60_coins}, {scene.who("carol"), 39_coins}});
    scene.scope.payouts_max = 2;
    scene.scope.addresses_max = 2;
    REQUIRE(scene.payouts(text(one)).found.size() == 2);
    scene.scope.payouts_max = 1;
    REQUIRE(scene.refusal(text(one)).code == ErrorCode::limit);
    REQUIRE(scene.refusal(text(one)).what.find("more than 1 payouts") == 0);
    scene.scope.payouts_max = 2;
    scene.scope.addresses_max = 1;
    REQUIRE(scene.refusal(text(one)).code == ErrorCode::limit);
    REQUIRE(scene.refusal(text(one)).what.find("more than 1 addresses") != std::string::npos);
}

TEST_CASE("subjects: scripts without an address can be named as well", "[trace][subjects]") {
    PayoutScene scene;
    const OutPoint coin = scene.mined_by(custom_script(0x51));
    const BuiltTx pay = scene.spend({coin}, {{custom_script(0x52), 49_coins}});
    REQUIRE(scene.paid("raw(5151)") == OutPoints{pay.out(0)});
}

TEST_CASE("subjects: joined lists are one, in chain order, the first name counts",
          "[trace][subjects]") {
    const Txid mixed = *parse_hash<Txid>(std::string(64, '1'));
    const Txid other = *parse_hash<Txid>(std::string(64, '2'));
    const Payouts all = joined({{.found = {{OutId(7), "late", std::nullopt}, {OutId(3), "a", 2}},
                                 .missing = {{4, "gone", "why"}},
                                 .coinjoins = {mixed}},
                                {.found = {{OutId(5), "b", 3}, {OutId(3), "again", 9}},
                                 .missing = {{1, "gone too", "why"}},
                                 .coinjoins = {other, mixed}}});
    REQUIRE(all.found.size() == 3);
    REQUIRE(all.found[0].out == OutId(3));
    REQUIRE(all.found[0].subject == "a");
    REQUIRE(all.found[0].line == 2);
    REQUIRE(all.found[1].out == OutId(5));
    REQUIRE(all.found[2].out == OutId(7));
    REQUIRE(all.missing.size() == 2);
    REQUIRE(all.missing[0].subject == "gone");
    REQUIRE(all.coinjoins == std::vector<Txid>{mixed, other});
    REQUIRE(joined({}).found.empty());
}

}  // namespace wagetrail
