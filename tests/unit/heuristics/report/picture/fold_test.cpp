#include "heuristics/report/picture/fold.h"

#include "tests/unit/heuristics/report/picture/drawn.h"

#include <catch2/catch.hpp>

namespace wagetrail::report {
namespace {

bool has(const Picture& picture, const std::string& id) {
    return index_of(picture, id) < picture.nodes.size();
}

/// What left a node, rests included.
std::uint64_t paid(const Picture& picture, const std::string& id) {
    std::uint64_t sum = 0;
    for (const PictureEdge& edge : picture.edges)
        if (picture.nodes[edge.from].id == id) sum += edge.shares.at(0).units();
    return sum;
}

Picture wide() {
    Drawn drawn;
    drawn.payer("employer");
    for (std::uint32_t i = 1; i <= 20; ++i) drawn.pays("employer", "payee " + std::to_string(i), i);
    return drawn.done();
}

}  // namespace

TEST_CASE("fold: the largest stay, the rest is one node, and no unit is lost",
          "[report][picture]") {
    const Picture whole = wide();
    const Folded part = folded(whole, {.nodes = 100, .beside_each = 4});
    CHECK(has(part.picture, "payee 20"));
    CHECK(has(part.picture, "payee 17"));
    CHECK_FALSE(has(part.picture, "payee 16"));
    const std::size_t rest = index_of(part.picture, "rest:traced:out:employer");
    REQUIRE(rest < part.picture.nodes.size());
    CHECK(part.picture.nodes[rest].hidden == 16);
    CHECK(part.nodes_left_out == 16);
    CHECK(paid(part.picture, "employer") == paid(whole, "employer"));
}

TEST_CASE("fold: a node that was opened shows more", "[report][picture]") {
    const Folded part =
        folded(wide(), {.nodes = 100, .beside_each = 4, .more = {{"employer", 18}}});
    CHECK(has(part.picture, "payee 3"));
    CHECK_FALSE(has(part.picture, "payee 2"));
}

TEST_CASE("fold: the way to a target stays, however little it carried", "[report][picture]") {
    Drawn drawn;
    drawn.payer("employer");
    for (std::uint32_t i = 1; i <= 20; ++i)
        drawn.pays("employer", "payee " + std::to_string(i), std::uint64_t{1'000} * i);
    drawn.pays("employer", "mule", 2).pays("mule", "listed", 1).target("listed", 1);
    const Picture whole = drawn.done();
    const Folded part = folded(whole, {.nodes = 6, .beside_each = 4});
    CHECK(has(part.picture, "mule"));
    CHECK(has(part.picture, "listed"));
    CHECK(part.picture.nodes.size() == 7);  // and the rest
    CHECK(paid(part.picture, "employer") == paid(whole, "employer"));
}

TEST_CASE("fold: of two ways to a target the wider one stays", "[report][picture]") {
    const Picture whole = Drawn()
                              .payer("employer")
                              .pays("employer", "narrow", 100)
                              .pays("narrow", "listed", 3)
                              .pays("employer", "wide", 90)
                              .pays("wide", "listed", 80)
                              .target("listed", 83)
                              .done();
    const Folded part = folded(whole, {.nodes = 3, .beside_each = 1});
    CHECK(has(part.picture, "wide"));
    CHECK(has(part.picture, "listed"));
    CHECK_FALSE(has(part.picture, "narrow"));
}

TEST_CASE("fold: backward the rest stands among those that paid", "[report][picture]") {
    Drawn drawn(Direction::backward);
    for (std::uint32_t i = 1; i <= 5; ++i) drawn.pays("payer " + std::to_string(i), "asked", i);
    drawn.payee("asked");
    const Folded part = folded(drawn.done(), {.nodes = 100, .beside_each = 2});
    CHECK(has(part.picture, "payer 5"));
    CHECK_FALSE(has(part.picture, "payer 3"));
    const std::size_t rest = index_of(part.picture, "rest:traced:in:asked");
    REQUIRE(rest < part.picture.nodes.size());
    CHECK(paid(part.picture, "rest:traced:in:asked") == 1 + 2 + 3);
}

TEST_CASE("fold: a picture that has room is as it was", "[report][picture]") {
    const Picture whole = wide();
    const Folded part = folded(whole, {.nodes = 100, .beside_each = 100});
    CHECK(part.nodes_left_out == 0);
    CHECK(part.edges_left_out == 0);
    CHECK(part.picture.nodes.size() == whole.nodes.size());
    CHECK(part.picture.edges.size() == whole.edges.size());
}

}  // namespace wagetrail::report
