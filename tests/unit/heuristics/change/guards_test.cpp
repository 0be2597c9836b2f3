#include "heuristics/change/guards.h"

#include "heuristics/change/overlay.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

ChangePart part(std::uint64_t root,
                std::uint64_t size = 1,
                std::optional<std::string> label = std::nullopt) {
    return {.root = AddrId(root), .side = {.size = size, .label = std::move(label)}};
}

/// In transaction tx, a pays `paid` and its change is b's.
ChangeCandidate change(std::uint64_t tx,
                       std::uint64_t a,
                       std::uint64_t b,
                       const std::vector<std::uint64_t>& paid = {}) {
    ChangeCandidate made{.merge = {.a = AddrId(a), .b = AddrId(b), .tx = TxId(tx)}, .refusal = {}};
    made.merge.root_a = AddrId(a);
    made.merge.root_b = AddrId(b);
    for (const std::uint64_t root : paid) made.merge.paid.emplace_back(root);
    return made;
}

std::vector<AddrId> ids(const std::vector<std::uint64_t>& raw) {
    std::vector<AddrId> list;
    for (const std::uint64_t id : raw) list.emplace_back(id);
    return list;
}

}  // namespace

TEST_CASE("guards: change joins parts in chain order", "[heuristics][change]") {
    const Grouping found =
        grouped({part(1), part(2), part(3), part(4)}, {change(10, 1, 2), change(11, 2, 3)}, {});
    REQUIRE(found.groups == std::vector{ids({1, 2, 3}), ids({4})});
    REQUIRE(found.merges.size() == 2);
    REQUIRE(found.refused.empty());
}

TEST_CASE("guards: two large groups are not joined, a large and a small one are",
          "[heuristics][change]") {
    const Grouping small = grouped({part(1, 5'000), part(2, 100)}, {change(10, 1, 2)}, {});
    REQUIRE(small.merges.size() == 1);
    const Grouping large = grouped({part(1, 5'000), part(2, 101)}, {change(10, 1, 2)}, {});
    REQUIRE(large.merges.empty());
    REQUIRE(large.refused.size() == 1);
    REQUIRE(large.refused.front().reason == Refusal::size);
    const Grouping service = grouped({part(1, 10'001), part(2)}, {change(10, 1, 2)}, {});
    REQUIRE(service.refused.front().reason == Refusal::size);
    // What has grown counts: 60 and 60 are one group of 120 by the time 101 comes.
    const Grouping grown =
        grouped({part(1, 60), part(2, 60), part(3, 101)}, {change(10, 1, 2), change(11, 2, 3)}, {});
    REQUIRE(grown.merges.size() == 1);
    REQUIRE(grown.refused.size() == 1);
    REQUIRE(grown.refused.front().merge.tx == TxId(11));
}

TEST_CASE("guards: two services are not joined, also over a third part", "[heuristics][change]") {
    const std::vector<ChangePart> parts{part(1, 1, "exchange: Acme"), part(2),
                                        part(3, 1, "exchange: Other"),
                                        part(4, 1, "exchange: Acme")};
    const Grouping found =
        grouped(parts, {change(10, 1, 2), change(11, 2, 3), change(12, 2, 4)}, {});
    REQUIRE(found.groups == std::vector{ids({1, 2, 4}), ids({3})});
    REQUIRE(found.refused.size() == 1);
    REQUIRE(found.refused.front().reason == Refusal::labels);
}

TEST_CASE("guards: who paid whom is not joined, whenever it was", "[heuristics][change]") {
    // 3 was paid by 1 after the change that would have joined them through 2.
    const Grouping found = grouped({part(1), part(2), part(3), part(4)},
                                   {change(10, 1, 2), change(11, 2, 3), change(12, 1, 4, {3})}, {});
    REQUIRE(found.groups == std::vector{ids({1, 2, 4}), ids({3})});
    REQUIRE(found.refused.size() == 1);
    REQUIRE(found.refused.front().reason == Refusal::payment);
    // Payments to itself, which L1 knows of, forbid nothing.
    const Grouping self =
        grouped({part(1), part(2)}, {change(10, 1, 1, {1}), change(11, 1, 2)}, {});
    REQUIRE(self.merges.size() == 1);
}

TEST_CASE("guards: a candidate that was refused still says whom it paid", "[heuristics][change]") {
    ChangeCandidate refused = change(10, 1, 2, {3});
    refused.refusal = Refusal::time_gap;
    const Grouping found = grouped({part(1), part(2), part(3)}, {refused, change(11, 1, 3)}, {});
    REQUIRE(found.merges.empty());
    REQUIRE(found.refused.size() == 2);
    REQUIRE(found.refused[0].reason == Refusal::time_gap);
    REQUIRE(found.refused[1].reason == Refusal::payment);
}

TEST_CASE("guards: other software shows in the version, or in two habits at once",
          "[heuristics][change]") {
    index::TxFlags payer;
    payer.version = index::TxFlags::VersionClass::two;
    index::TxFlags spender = payer;
    REQUIRE_FALSE(is_other_software(payer, spender));
    spender.lock_time = index::TxFlags::LockTimeClass::height;
    REQUIRE_FALSE(is_other_software(payer, spender));
    spender.signals_rbf = true;
    REQUIRE(is_other_software(payer, spender));
    spender = payer;
    spender.version = index::TxFlags::VersionClass::one;
    REQUIRE(is_other_software(payer, spender));
}

TEST_CASE("overlay: the path between parts is the chain of changes", "[heuristics][change]") {
    const std::vector<ChangeMerge> merges{change(10, 1, 2).merge, change(11, 3, 2).merge,
                                          change(12, 4, 5).merge};
    const auto path = path_between(merges, AddrId(3), AddrId(1));
    REQUIRE(path.has_value());
    REQUIRE(path->size() == 2);
    REQUIRE(path->front().tx == TxId(11));
    REQUIRE(path->back().tx == TxId(10));
    REQUIRE(path_between(merges, AddrId(1), AddrId(1))->empty());
    REQUIRE_FALSE(path_between(merges, AddrId(1), AddrId(4)));
}

}  // namespace wagetrail
