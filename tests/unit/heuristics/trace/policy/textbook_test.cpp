// The worked cases of the courts and of the tracing literature, in their own figures: pounds are
// whole units, a bank account is one step from what was paid in to what was drawn, and what is left
// on it is the last output.
#include "heuristics/trace/policy/policy.h"

#include <catch2/catch.hpp>

#include <map>

namespace wagetrail {
namespace {

Lot of(std::uint32_t source, std::uint64_t pounds) {
    return {SourceId(source), Amount(pounds), Amount(pounds)};
}
Lot own(std::uint64_t pounds) {
    return {std::nullopt, Amount(), Amount(pounds)};
}

using Parts = std::map<int, std::uint64_t>;  // by source; -1: own money

constexpr int kOwnMoney = -1;

/// What each output is made of.
std::vector<Parts> drawn(Policy policy,
                         const std::vector<Lot>& paid_in,
                         const std::vector<std::uint64_t>& outputs) {
    std::vector<Amount> amounts;
    for (const std::uint64_t pounds : outputs) amounts.emplace_back(pounds);
    std::vector<Parts> all;
    for (const auto& shares : split(policy, paid_in, amounts)) {
        Parts parts;
        for (const Share& share : shares) {
            const auto& source = paid_in[share.lot].source;
            parts[source ? static_cast<int>(source->value) : kOwnMoney] += share.quantity.units();
        }
        all.push_back(parts);
    }
    return all;
}

}  // namespace

TEST_CASE("textbook: the sums first paid in are the first drawn out", "[trace][policy]") {
    // Devaynes v Noble, Clayton's case (1816) 1 Mer 572: "it is the sum first paid in, that is
    // first drawn out". A trustee pays in 100 of A, then 100 of B, and draws 100 and 50.
    const auto out = drawn(Policy::fifo, {of(0, 100), of(1, 100)}, {100, 50, 50});
    CHECK(out[0] == Parts{{0, 100}});  // A's money is gone first
    CHECK(out[1] == Parts{{1, 50}});
    CHECK(out[2] == Parts{{1, 50}});  // what is left is B's
}

TEST_CASE("textbook: the sums last paid in are the first drawn out", "[trace][policy]") {
    // The mirror of the rule above: B bears the first loss.
    const auto out = drawn(Policy::lifo, {of(0, 100), of(1, 100)}, {100, 50, 50});
    CHECK(out[0] == Parts{{1, 100}});
    CHECK(out[1] == Parts{{0, 50}});
    CHECK(out[2] == Parts{{0, 50}});
}

TEST_CASE("textbook: a common misfortune is shared pari passu", "[trace][policy]") {
    // Barlow Clowes International v Vaughan [1992] 4 All ER 22: where Clayton's rule is unjust,
    // investors share what is left in proportion to what they paid in: 3 to 1, of 40 left.
    const auto out = drawn(Policy::haircut, {of(0, 150), of(1, 50)}, {160, 40});
    CHECK(out[0] == Parts{{0, 120}, {1, 40}});
    CHECK(out[1] == Parts{{0, 30}, {1, 10}});
}

TEST_CASE("textbook: a trustee draws his own money first", "[trace][policy]") {
    // Re Hallett's Estate (1880) 13 Ch D 696: he is taken to act honestly, so what he draws is his
    // own as long as there is any. 100 of the trust, 100 of his; he draws 80, then 70.
    const auto out = drawn(Policy::libr, {of(0, 100), own(100)}, {80, 70, 50});
    CHECK(out[0] == Parts{{kOwnMoney, 80}});
    CHECK(out[1] == Parts{{kOwnMoney, 20}, {0, 50}});
    CHECK(out[2] == Parts{{0, 50}});
}

TEST_CASE("textbook: later deposits do not restore the trust's money", "[trace][policy]") {
    // James Roscoe (Bolton) Ltd v Winder [1915] 1 Ch 62: 455 of the trust come into the account,
    // which then falls to 25 and is fed again to 358. The claim is for the lowest balance between,
    // 25, and not for what was paid in later.
    const auto first = drawn(Policy::libr, {of(0, 455)}, {430, 25});
    REQUIRE(first[1] == Parts{{0, 25}});
    const auto later = drawn(Policy::libr, {of(0, 25), own(333)}, {333, 25});
    CHECK(later[0] == Parts{{kOwnMoney, 333}});  // his own goes first
    CHECK(later[1] == Parts{{0, 25}});
    const auto all = drawn(Policy::libr, {of(0, 25), own(333)}, {358});
    CHECK(all[0] == Parts{{0, 25}, {kOwnMoney, 333}});  // never more than 25
}

TEST_CASE("textbook: what is drawn first may be the trust's when it went into an asset",
          "[trace][policy]") {
    // Re Oatway [1903] 2 Ch 356: the trustee may not say that the shares, bought first, were paid
    // with his own money once the rest of the account is dissipated. 30 of the trust, 40 of his; 50
    // go into shares, the other 20 are wasted.
    const auto out = drawn(Policy::tainted_first, {own(40), of(0, 30)}, {50, 20});
    CHECK(out[0] == Parts{{0, 30}, {kOwnMoney, 20}});
    CHECK(out[1] == Parts{{kOwnMoney, 20}});
}

}  // namespace wagetrail
