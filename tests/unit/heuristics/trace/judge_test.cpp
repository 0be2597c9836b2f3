#include "heuristics/trace/judge.h"

#include "heuristics/clustering.h"

#include "tests/unit/heuristics/indexed_chain.h"
#include "tests/unit/index/lists/list_folder.h"
#include "tests/unit/index/lists/ofac_document.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

using lists::at;
using lists::VerdictKind;
using simulator::operator""_coins;
using simulator::operator""_units;

/// Addresses that are on the chain, a list of some of them, and arrivals at them.
class Court {
  public:
    Court()
        : chain_(LedgerId::btc_regtest),
          clustering_(LedgerId::btc_regtest),
          index_(LedgerId::btc_regtest, clustering_.derivation()) {}

    [[nodiscard]] Address who(const std::string& name, AddressKind kind = AddressKind::p2wpkh) {
        const Address address = chain_.address(name, kind);
        chain_.block({}, {.miner = address});
        return address;
    }
    /// A snapshot of the list, known on its day.
    void issues(std::string_view issued, const std::vector<lists::OfacParty>& parties) {
        lists::OfacDocument document{.issued = std::string(issued), .parties = parties};
        document.parties.push_back(
            {.id = "1", .name = "Nobody", .designated = "2001-01-01", .addresses = {}});
        static_cast<void>(
            lists::imported(registry_, {.list = "ofac-sdn",
                                        .file = folder_.write(std::string(issued), document.text()),
                                        .known_from = at(issued),
                                        .shrink = lists::ShrinkGuard::accept}));
    }

    SourceId payout(std::string_view time, Amount amount = 10_coins) {
        trace_.payouts.push_back({coin({}, at(time), amount), {.amount = amount}});
        return SourceId(static_cast<std::uint32_t>(trace_.payouts.size() - 1));
    }
    void arrival(SourceId source, const Address& to, std::string_view time, Amount amount) {
        trace_.reached.push_back(
            {.source = source, .coin = coin(to, at(time), amount), .amount = amount, .path = {}});
    }

    Judgement judged(std::int64_t max_age_seconds = lists::kDefaultMaxAgeSeconds) {
        index_.add_from(chain_);
        const index::LedgerView view = index_.view();
        Clusters clusters(view);
        auto lists = lists::ListView::load(registry_, {.ledger = LedgerId::btc_regtest,
                                                       .lists = {},
                                                       .as_of = at(as_of),
                                                       .known_at = at(known_at)});
        if (!lists) FAIL(lists.error().what);
        auto listed = Targets::listed(view, clusters, *lists);
        if (!listed) FAIL(listed.error().what);
        auto judgement = judge(view, trace_, *lists, *listed, max_age_seconds);
        if (!judgement) FAIL(judgement.error().what);
        return *std::move(judgement);
    }

    std::string as_of = "2024-06-01";
    std::string known_at = "2030-01-01";

  private:
    static Coin coin(Address address, Time time, Amount amount) {
        return {.tx = {.ledger = LedgerId::btc_regtest,
                       .height = {},
                       .block_hash = {},
                       .time = time,
                       .txid = {}},
                .vout = {},
                .address = std::move(address),
                .amount = amount};
    }

    simulator::ChainBuilder chain_;
    Clustering clustering_;
    IndexedChain index_;
    lists::ListFolder folder_;
    lists::Registry registry_ = folder_.registry();
    Trace trace_;
};

lists::OfacParty sim(const Address& address, const std::string& designated = "2024-03-10") {
    return {.id = "42498",
            .name = "Sim Hyon Sop",
            .designated = designated,
            .addresses = {{"XBT", text(address)}}};
}

/// The list without and then with the address: it came out on 2024-03-20.
void publish(Court& court, const Address& address) {
    court.issues("2024-03-19", {});
    court.issues("2024-03-20", {sim(address)});
    court.issues("2024-06-01", {sim(address)});
}

using Kinds = std::vector<std::pair<VerdictKind, VerdictKind>>;

Kinds kinds(const Judgement& judgement) {
    Kinds all;
    for (const JudgedArrival& one : judgement.arrivals)
        all.emplace_back(one.at_payout.kind, one.at_arrival.kind);
    return all;
}

}  // namespace

TEST_CASE("judge: payout and arrival are judged each on its own day", "[trace][judge]") {
    Court court;
    const Address listed = court.who("listed");
    publish(court, listed);
    const SourceId early = court.payout("2024-03-01");
    const SourceId between = court.payout("2024-03-15");
    const SourceId late = court.payout("2024-04-01");
    court.arrival(early, listed, "2024-03-09", 1_coins);
    court.arrival(early, listed, "2024-04-02", 1_coins);
    court.arrival(between, listed, "2024-04-02", 1_coins);
    court.arrival(late, listed, "2024-04-02", 1_coins);
    const Judgement judgement = court.judged();
    REQUIRE(kinds(judgement) ==
            Kinds{{VerdictKind::pre_designation, VerdictKind::pre_designation},
                  {VerdictKind::pre_designation, VerdictKind::listed_at_payment},
                  {VerdictKind::blocked_person_address_unpublished, VerdictKind::listed_at_payment},
                  {VerdictKind::listed_at_payment, VerdictKind::listed_at_payment}});
    for (std::size_t i = 0; i < judgement.arrivals.size(); ++i) {
        const JudgedArrival& one = judgement.arrivals[i];
        REQUIRE(one.arrival == i);
        REQUIRE(one.listings.size() == 1);
        REQUIRE(one.listings.at(one.at_payout.listing.value()).entity == "Sim Hyon Sop");
    }
}

TEST_CASE("judge: days of designation and publication are met to the second", "[trace][judge]") {
    Court court;
    const Address listed = court.who("listed");
    publish(court, listed);
    const std::vector<std::pair<std::string, VerdictKind>> cases{
        {"2024-03-09T23:59:59Z", VerdictKind::pre_designation},
        {"2024-03-10T00:00:00Z", VerdictKind::blocked_person_address_unpublished},
        {"2024-03-19T00:00:00Z", VerdictKind::blocked_person_address_unpublished},
        {"2024-03-19T00:00:01Z", VerdictKind::unknown},  // some time between the two lists
        {"2024-03-19T23:59:59Z", VerdictKind::unknown},
        {"2024-03-20T00:00:00Z", VerdictKind::listed_at_payment},
        {"2024-03-20T23:59:59Z", VerdictKind::listed_at_payment},
        {"2024-03-21T00:00:00Z", VerdictKind::listed_at_payment}};
    for (const auto& [time, kind] : cases) court.arrival(court.payout(time), listed, time, 1_coins);
    const Judgement judgement = court.judged();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        INFO(cases[i].first);
        REQUIRE(judgement.arrivals[i].at_payout.kind == cases[i].second);
        REQUIRE(judgement.arrivals[i].at_arrival == judgement.arrivals[i].at_payout);
        const bool on_the_day = cases[i].first.find("2024-03-20") == 0;
        REQUIRE(judgement.arrivals[i].at_payout.same_day == on_the_day);
    }
}

TEST_CASE("judge: a listing covers the other forms of its key", "[trace][judge]") {
    Court court;
    const Address legacy = court.who("listed", AddressKind::p2pkh);
    const Address segwit = court.who("listed");
    const Address stranger = court.who("stranger");
    publish(court, legacy);
    const SourceId source = court.payout("2024-04-01");
    court.arrival(source, segwit, "2024-04-02", 1_coins);
    court.arrival(source, stranger, "2024-04-02", 1_coins);
    const Judgement judgement = court.judged();
    REQUIRE(kinds(judgement) ==
            Kinds{{VerdictKind::listed_at_payment, VerdictKind::listed_at_payment},
                  {VerdictKind::never_listed, VerdictKind::never_listed}});
    REQUIRE(judgement.arrivals[0].listings.at(0).address_text == text(legacy));
    REQUIRE(judgement.arrivals[1].listings.empty());
}

TEST_CASE("judge: of two listings behind one key the graver counts", "[trace][judge]") {
    Court court;
    const Address legacy = court.who("listed", AddressKind::p2pkh);
    const Address segwit = court.who("listed");
    lists::OfacParty later{.id = "2",
                           .name = "Later",
                           .designated = "2024-05-01",
                           .addresses = {{"XBT", text(segwit)}}};
    court.issues("2024-03-19", {});
    court.issues("2024-03-20", {sim(legacy)});
    court.issues("2024-05-02", {sim(legacy), later});
    court.issues("2024-06-01", {sim(legacy), later});
    court.arrival(court.payout("2024-04-01"), segwit, "2024-04-02", 1_coins);
    const Judgement judgement = court.judged();
    const JudgedArrival& one = judgement.arrivals.at(0);
    REQUIRE(one.listings.size() == 2);
    REQUIRE(one.at_payout.kind == VerdictKind::listed_at_payment);
    REQUIRE(one.listings.at(one.at_payout.listing.value()).entity == "Sim Hyon Sop");
}

TEST_CASE("judge: a removal is told from a listing that holds", "[trace][judge]") {
    Court court;
    const Address listed = court.who("listed");
    court.issues("2024-03-19", {});
    court.issues("2024-03-20", {sim(listed)});
    court.issues("2024-05-01", {sim(listed)});
    court.issues("2024-05-02", {});
    court.issues("2024-06-01", {});
    const SourceId before = court.payout("2024-04-01");
    const SourceId after = court.payout("2024-05-10");
    court.arrival(before, listed, "2024-05-10", 1_coins);
    court.arrival(after, listed, "2024-05-10", 1_coins);
    REQUIRE(kinds(court.judged()) ==
            Kinds{{VerdictKind::listed_then_delisted, VerdictKind::delisted_before_payment},
                  {VerdictKind::delisted_before_payment, VerdictKind::delisted_before_payment}});

    // As of a day before the removal it has not happened.
    court.as_of = "2024-05-01";
    REQUIRE(kinds(court.judged())[0] ==
            std::pair{VerdictKind::listed_at_payment, VerdictKind::listed_at_payment});
}

TEST_CASE("judge: a list that is too old does not clear anybody", "[trace][judge]") {
    Court court;
    const Address listed = court.who("listed");
    const Address stranger = court.who("stranger");
    publish(court, listed);
    const SourceId source = court.payout("2024-04-01");
    court.arrival(source, stranger, "2024-04-02", 1_coins);
    court.arrival(source, listed, "2024-04-02", 1_coins);
    // The newest snapshot is of 2024-06-01, 36 hours before.
    court.as_of = "2024-06-02T12:00:00Z";
    REQUIRE(court.judged().arrivals[0].at_payout.kind == VerdictKind::never_listed);
    court.as_of = "2024-06-02T12:00:01Z";
    const Judgement judgement = court.judged();
    REQUIRE(judgement.arrivals[0].at_payout.kind == VerdictKind::unknown);
    REQUIRE(judgement.arrivals[0].at_payout.reason == lists::UnknownReason::stale_list);
    REQUIRE(judgement.arrivals[1].at_payout.kind == VerdictKind::listed_at_payment);
    REQUIRE(court.judged(36 * 3600 + 1).arrivals[0].at_payout.kind == VerdictKind::never_listed);
}

TEST_CASE("judge: without a list nothing is known", "[trace][judge]") {
    Court court;
    court.arrival(court.payout("2024-04-01"), court.who("anybody"), "2024-04-02", 1_coins);
    const Judgement judgement = court.judged();
    REQUIRE(judgement.arrivals[0].at_payout.kind == VerdictKind::unknown);
    REQUIRE(judgement.arrivals[0].at_payout.reason == lists::UnknownReason::no_list);
}

TEST_CASE("judge: what was not known then does not count", "[trace][judge]") {
    Court court;
    const Address listed = court.who("listed");
    publish(court, listed);
    court.arrival(court.payout("2024-04-01"), listed, "2024-04-02", 1_coins);
    court.known_at = "2024-03-19T23:59:59Z";
    court.as_of = "2024-03-20";
    const Judgement judgement = court.judged();
    REQUIRE(judgement.arrivals[0].listings.empty());
    // The list of March says nothing about a payment in April.
    REQUIRE(judgement.arrivals[0].at_payout.kind == VerdictKind::unknown);
    REQUIRE(judgement.arrivals[0].at_payout.reason == lists::UnknownReason::stale_list);
}

TEST_CASE("judge: an address that the chain does not know has no listings", "[trace][judge]") {
    Court court;
    publish(court, court.who("listed"));
    const SourceId source = court.payout("2024-04-01");
    court.arrival(source, address_of_script(LedgerId::btc_regtest, Bytes{0x51, 0x52}), "2024-04-02",
                  1_coins);
    const Judgement judgement = court.judged();
    REQUIRE(judgement.arrivals[0].listings.empty());
    REQUIRE(judgement.arrivals[0].at_payout.kind == VerdictKind::never_listed);
}

TEST_CASE("judge: totals group by both verdicts and count a payout once", "[trace][judge]") {
    Court court;
    const Address listed = court.who("listed");
    publish(court, listed);
    const SourceId early = court.payout("2024-03-01");
    const SourceId late = court.payout("2024-04-01");
    const SourceId later = court.payout("2024-04-02");
    court.arrival(early, listed, "2024-04-02", 5_units);
    court.arrival(late, listed, "2024-04-02", 7_units);
    court.arrival(late, listed, "2024-04-03", 11_units);
    court.arrival(later, listed, "2024-04-03", 13_units);
    const Judgement judgement = court.judged();
    REQUIRE(judgement.totals.size() == 2);
    const VerdictTotal& first = judgement.totals[0];
    REQUIRE(first.at_payout == VerdictKind::listed_at_payment);
    REQUIRE(first.at_arrival == VerdictKind::listed_at_payment);
    REQUIRE(first.arrivals == 3);
    REQUIRE(first.payouts == 2);
    REQUIRE(first.amount == 31_units);
    const VerdictTotal& second = judgement.totals[1];
    REQUIRE(second.at_payout == VerdictKind::pre_designation);
    REQUIRE(second.at_arrival == VerdictKind::listed_at_payment);
    REQUIRE(second.arrivals == 1);
    REQUIRE(second.payouts == 1);
    REQUIRE(second.amount == 5_units);
}

TEST_CASE("judge: nothing reached is nothing to judge", "[trace][judge]") {
    Court court;
    publish(court, court.who("listed"));
    court.payout("2024-04-01");
    const Judgement judgement = court.judged();
    REQUIRE(judgement.arrivals.empty());
    REQUIRE(judgement.totals.empty());
}

}  // namespace wagetrail
