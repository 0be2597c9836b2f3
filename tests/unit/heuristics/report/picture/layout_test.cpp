#include "heuristics/report/picture/layout.h"

#include "tests/unit/heuristics/report/picture/drawn.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <vector>

namespace wagetrail::report {
namespace {

NodePlace place(const Picture& picture, const Layout& layout, const std::string& id) {
    return layout.places.at(index_of(picture, id));
}

Layout all_placed(const Picture& picture, Across across = Across::hops) {
    return laid_out(picture, across, picture.nodes.size());
}

}  // namespace

TEST_CASE("layout: value goes from left to right, by the longest way", "[report][picture]") {
    const Picture picture = Drawn()
                                .payer("employer")
                                .pays("employer", "worker", 100)
                                .pays("worker", "broker", 60)
                                .pays("employer", "broker", 5)
                                .pays("broker", "listed", 65)
                                .done();
    const Layout layout = all_placed(picture);
    CHECK(place(picture, layout, "employer").column == 0);
    CHECK(place(picture, layout, "worker").column == 1);
    CHECK(place(picture, layout, "broker").column == 2);
    CHECK(place(picture, layout, "listed").x == 3 * kColumnStep);
}

TEST_CASE("layout: backward, where it came from stands to the left", "[report][picture]") {
    const Picture picture = Drawn(Direction::backward)
                                .pays("miner", "shop", 9)
                                .pays("shop", "asked", 9)
                                .payee("asked")
                                .done();
    const Layout layout = all_placed(picture);
    CHECK(place(picture, layout, "asked").column == 0);
    CHECK(place(picture, layout, "shop").column == -1);
    CHECK(place(picture, layout, "miner").column == -2);
}

TEST_CASE("layout: a circle does not send it round for ever", "[report][picture]") {
    const Picture picture = Drawn()
                                .payer("a")
                                .pays("a", "b", 10)
                                .pays("b", "c", 9)
                                .pays("c", "b", 4)
                                .pays("c", "a", 3)
                                .done();
    const Layout layout = all_placed(picture);
    CHECK(place(picture, layout, "a").column == 0);
    CHECK(place(picture, layout, "b").column == 1);
    CHECK(place(picture, layout, "c").column == 2);
}

TEST_CASE("layout: who only feeds a late transaction stands right before it", "[report][picture]") {
    const Picture picture = Drawn()
                                .payer("a")
                                .pays("a", "b", 10)
                                .pays("b", "c", 9)
                                .pays("c", "joint", 9)
                                .pays("stranger", "joint", 2)
                                .done();
    const Layout layout = all_placed(picture);
    CHECK(place(picture, layout, "joint").column == 3);
    CHECK(place(picture, layout, "stranger").column == 2);
}

TEST_CASE("layout: no two nodes of a column lie on each other, whatever the picture",
          "[report][picture]") {
    Drawn drawn;
    drawn.payer("0");
    // A tree with cross edges: seven payees each, three levels.
    for (std::uint32_t i = 1; i < 200; ++i)
        drawn.pays(std::to_string((i - 1) / 7), std::to_string(i), i);
    for (std::uint32_t i = 8; i < 190; i += 5)
        drawn.pays(std::to_string(i), std::to_string(i + 9), 3);
    for (std::uint32_t i = 0; i < 40; ++i)
        drawn.knows(std::to_string(i), "contact " + std::to_string(i));
    const Picture picture = drawn.done();
    for (const Across across : {Across::hops, Across::time}) {
        const Layout layout = laid_out(picture, across, 200);
        std::map<std::int64_t, std::vector<std::int64_t>> rows;
        for (const NodePlace& each : layout.places) rows[each.x].push_back(each.y);
        for (auto& [x, ys] : rows) {
            std::ranges::sort(ys);
            for (std::size_t i = 1; i < ys.size(); ++i) CHECK(ys[i] - ys[i - 1] >= kRowStep);
        }
    }
}

TEST_CASE("layout: what is drawn later moves nothing that was there", "[report][picture]") {
    const auto story = [] {
        Drawn drawn;
        drawn.payer("a").pays("a", "b", 10).pays("a", "c", 20).pays("b", "d", 5);
        return drawn;
    };
    const Picture before = story().done();
    const Picture after =
        story().knows("b", "x").knows("y", "b").knows("b", "c").knows("x", "z").done();
    const Layout first = all_placed(before);
    const Layout second = laid_out(after, Across::hops, before.nodes.size());
    for (std::size_t i = 0; i < before.nodes.size(); ++i) {
        CHECK(first.places[i].x == second.places[i].x);
        CHECK(first.places[i].y == second.places[i].y);
    }
    CHECK(place(after, second, "x").column == 2);
    CHECK(place(after, second, "y").column == 0);
    CHECK(place(after, second, "z").column == 3);
}

TEST_CASE("layout: across time a column is a moment", "[report][picture]") {
    const Picture picture =
        Drawn().payer("a").pays("a", "b", 10).pays("a", "c", 20).pays("b", "d", 5).done();
    const Layout layout = all_placed(picture, Across::time);
    CHECK(place(picture, layout, "a").column < place(picture, layout, "b").column);
    CHECK(place(picture, layout, "b").column < place(picture, layout, "c").column);
    CHECK(place(picture, layout, "c").column < place(picture, layout, "d").column);
    REQUIRE_FALSE(layout.columns.empty());
    CHECK(layout.columns.front().second.seconds == 1'000);
}

TEST_CASE("layout: an empty picture has no places", "[report][picture]") {
    CHECK(all_placed(Drawn().done()).places.empty());
    CHECK(all_placed(Drawn().done(), Across::time).places.empty());
}

}  // namespace wagetrail::report
