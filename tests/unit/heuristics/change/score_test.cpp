#include "heuristics/change/score.h"

#include "index/prices/price_series.h"

#include "heuristics/change/calibration.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

/// Two outputs of which the second is new (as change is), or the first is.
Payment payment(bool second_is_new) {
    Payment made{.tx = TxId(100), .flags = {}, .fee = Amount(1'000)};
    made.inputs.push_back(
        {.address = AddrId(1), .kind = AddressKind::p2wpkh, .amount = Amount(50'000'000)});
    for (std::uint32_t i = 0; i < 2; ++i)
        made.outputs.push_back({.vout = OutIndex(i),
                                .address = AddrId(2 + i),
                                .kind = AddressKind::p2wpkh,
                                .amount = Amount(10'000'000)});
    made.outputs[second_is_new ? 1 : 0].is_new = true;
    return made;
}

Score score_of(std::uint64_t right, std::uint64_t wrong) {
    Score score;
    for (std::uint64_t i = 0; i < right; ++i) score.add(payment(true), 1, {});
    for (std::uint64_t i = 0; i < wrong; ++i) score.add(payment(false), 1, {});
    return score;
}

}  // namespace

TEST_CASE("score: counts who took the change and who took another output", "[heuristics][change]") {
    Score score = score_of(3, 1);
    score.add(score_of(2, 0));
    REQUIRE(score.rows() == 6);
    REQUIRE(score.outputs() == Hits{6, 6});
    REQUIRE(score.of_rule(ChangeRule::one_time) == Hits{5, 1});
    REQUIRE(score.of_rule(ChangeRule::peel) == Hits{0, 0});
    REQUIRE(score.by_margin(kAllChangeRules)[1] == Hits{5, 1});
    REQUIRE(score.by_margin(kAllChangeRules)[2] == Hits{0, 0});
    REQUIRE(score.by_margin(RuleSet())[1] == Hits{0, 0});
}

TEST_CASE("score: the counted margin is the ballot's", "[heuristics][change]") {
    // Three outputs; one_time takes the change, power_of_ten and address_type the last one.
    Payment split = payment(true);
    split.outputs.push_back({.vout = OutIndex(2),
                             .address = AddrId(9),
                             .kind = AddressKind::p2wpkh,
                             .amount = Amount(1'234'567)});
    split.outputs[0].kind = split.outputs[1].kind = AddressKind::p2pkh;
    for (const std::size_t change : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
        Score score;
        score.add(split, change, {});
        const Ballot counted = ballot(split, kAllChangeRules, {});
        REQUIRE(counted.leader == 2);
        REQUIRE(counted.margin == 1);
        const auto hits = score.by_margin(kAllChangeRules);
        REQUIRE(hits[1] == (change == 2 ? Hits{1, 0} : Hits{0, 1}));
        REQUIRE(hits[2] == Hits{0, 0});
    }
}

TEST_CASE("score: too few outputs cannot show a small error", "[heuristics][change]") {
    const ErrorTarget target{1000};
    REQUIRE_FALSE(least_margin(score_of(999, 0), kAllChangeRules, target));
    REQUIRE(least_margin(score_of(1'000, 0), kAllChangeRules, target) == 1U);
    REQUIRE(least_margin(score_of(999, 1), kAllChangeRules, target) == 1U);
    REQUIRE_FALSE(least_margin(score_of(998, 2), kAllChangeRules, target));
}

TEST_CASE("score: only rules that are right four times as often as wrong vote",
          "[heuristics][change]") {
    const auto at = static_cast<std::size_t>(ChangeRule::one_time);
    REQUIRE(telling_rules(score_of(4, 1)).test(at));
    REQUIRE_FALSE(telling_rules(score_of(3, 1)).test(at));
    REQUIRE(telling_rules(score_of(4, 1)).count() == 1);  // who never votes is not taken
}

TEST_CASE("change: known changes are read from a table", "[heuristics][change]") {
    const std::string txid(64, 'a');
    const auto read = known_changes("note,vout,txid\nx,7," + txid + "\n\ny,0," + txid + "\n");
    REQUIRE(read.has_value());
    REQUIRE(read->size() == 2);
    REQUIRE(read->front().vout == OutIndex(7));
    REQUIRE(text(read->front().txid) == txid);
    for (const std::string& wrong :
         {std::string(), std::string("txid\n"), "txid,vout\n" + txid + ",-1\n",
          "txid,vout\n" + txid + ",4294967296\n", std::string("txid,vout\nab,1\n")}) {
        CAPTURE(wrong);
        const auto refused = known_changes(wrong);
        REQUIRE_FALSE(refused.has_value());
        REQUIRE(refused.error().code == ErrorCode::invalid);
    }
    REQUIRE(known_changes("txid,vout\n\nab,1\n").error().what.starts_with("line 3"));
}

TEST_CASE("change: prices are those of the day in UTC", "[heuristics][change]") {
    const auto prices =
        prices::PriceSeries::of_table("date,open,close\n2024-01-01,1,42280.2399\n2024-01-02,1,0\n");
    REQUIRE(prices.has_value());
    REQUIRE(prices->cents_at(*parse_time("2024-01-01T00:00:00Z")) == 4'228'023U);
    REQUIRE(prices->cents_at(*parse_time("2024-01-01T23:59:59Z")) == 4'228'023U);
    REQUIRE_FALSE(prices->cents_at(*parse_time("2024-01-02T00:00:00Z")));
    REQUIRE_FALSE(prices->cents_at(*parse_time("2023-12-31T23:59:59Z")));
    REQUIRE_FALSE(prices::PriceSeries::of_table("date,close\n2024-13-01,1\n").has_value());
    REQUIRE_FALSE(prices::PriceSeries::of_table("date,close\n2024-01-01,-1\n").has_value());
    REQUIRE_FALSE(prices::PriceSeries::of_table("date,open\n2024-01-01,1\n").has_value());
}

}  // namespace wagetrail
