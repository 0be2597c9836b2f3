#include "index/database.h"

#include <catch2/catch.hpp>

namespace wagetrail::index {
namespace {

std::string words(const Batch& batch) {
    std::string all;
    for (const Batch::Entry& entry : batch.sorted()) {
        const ByteView key = batch.key(entry);
        const ByteView value = batch.value(entry);
        all += std::string(name(entry.family)) + " " + std::string(key.begin(), key.end());
        all += entry.erases ? " gone" : "=" + std::string(value.begin(), value.end());
        all += "; ";
    }
    return all;
}

}  // namespace

TEST_CASE("batch: rows go to the store by family and key", "[index][batch]") {
    Batch batch;
    batch.put(Family::spent, as_bytes("b"), as_bytes("1"));
    batch.put(Family::meta, as_bytes("z"), {});
    batch.put(Family::spent, as_bytes("averylongkey2"), as_bytes("2"));
    batch.put(Family::spent, as_bytes("averylongkey1"), as_bytes("3"));
    batch.put(Family::spent, as_bytes("averylong"), as_bytes("4"));
    batch.put(Family::spent, as_bytes(""), as_bytes("5"));
    CHECK(words(batch) ==
          "meta z=; spent =5; spent averylong=4; spent averylongkey1=3; "
          "spent averylongkey2=2; spent b=1; ");
}

TEST_CASE("batch: what was said of one key keeps its order", "[index][batch]") {
    Batch first;
    first.put(Family::tx, as_bytes("key"), as_bytes("old"));
    Batch second;
    second.erase(Family::tx, as_bytes("key"));
    second.put(Family::tx, as_bytes("key"), as_bytes("new"));
    first.add(second);
    CHECK(first.size() == 3);
    CHECK(words(first) == "tx key=old; tx key gone; tx key=new; ");
}

TEST_CASE("batch: keys that a zero byte ends differ from those without it", "[index][batch]") {
    Batch batch;
    batch.put(Family::tx, as_bytes(std::string_view("a\0", 2)), as_bytes("2"));
    batch.put(Family::tx, as_bytes("a"), as_bytes("1"));
    const auto sorted = batch.sorted();
    REQUIRE(sorted.size() == 2);
    CHECK(batch.key(sorted[0]).size() == 1);
    CHECK(batch.key(sorted[1]).size() == 2);
}

}  // namespace wagetrail::index
