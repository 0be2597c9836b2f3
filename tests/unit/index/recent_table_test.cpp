#include "index/recent_table.h"

#include <catch2/catch.hpp>

namespace wagetrail::index {

TEST_CASE("recent table: nothing is forgotten until room is made", "[index][resolve]") {
    RecentTable<int, int> table(4);
    for (int i = 0; i < 100; ++i) table.put(i, i * i);
    for (int i = 0; i < 100; ++i) {
        REQUIRE(table.find(i) != nullptr);
        CHECK(*table.find(i) == i * i);
    }
}

TEST_CASE("recent table: room is made by dropping the older generation", "[index][resolve]") {
    RecentTable<int, int> table(4);
    for (int i = 0; i < 3; ++i) table.put(i, 1);
    table.make_room();
    table.put(10, 2);
    table.make_room();  // the young ones are few: nothing to do
    CHECK(table.find(0) != nullptr);
    for (int i = 11; i < 13; ++i) table.put(i, 2);
    table.make_room();
    CHECK(table.find(0) == nullptr);
    CHECK(table.find(10) != nullptr);
    table.put(10, 3);
    CHECK(*table.find(10) == 3);
    table.erase(10);
    CHECK(table.find(10) == nullptr);
    table.put(1, 1);
    table.clear();
    CHECK(table.find(1) == nullptr);
}

}  // namespace wagetrail::index
