#include "chain/source/header_chain.h"

#include <catch2/catch.hpp>

#include <limits>

namespace wagetrail {
namespace {

BlockHash named(std::uint8_t name) {
    BlockHash hash;
    hash.value[0] = name;
    return hash;
}

/// Headers with one-letter hashes, each stored behind the one before.
class Tree {
  public:
    void add(std::uint8_t name, std::uint8_t parent, Work work = 1) {
        chain.add({.offset = next_,
                   .size = 100,
                   .hash = named(name),
                   .previous = named(parent),
                   .work = work},
                  0);
        next_ += 108;
    }
    std::string best(const std::unordered_set<HeaderChain::NodeId>& excluded = {}) {
        if (!chain.select(excluded)) return "none";
        std::string names;
        for (std::uint32_t i = 0; i < chain.length(); ++i)
            names += static_cast<char>(chain.hash(chain.at(Height(i))).value[0]);
        return names;
    }

    HeaderChain chain{named('g')};

  private:
    std::uint64_t next_ = 8;
};

}  // namespace

TEST_CASE("header chain: headers are linked in any order", "[chain][source]") {
    Tree tree;
    REQUIRE(tree.best() == "none");
    tree.add('c', 'b');
    tree.add('b', 'a');
    REQUIRE(tree.best() == "none");
    REQUIRE(tree.chain.orphans() == 2);
    tree.add('g', 0);
    REQUIRE(tree.best() == "g");
    tree.add('a', 'g');
    REQUIRE(tree.best() == "gabc");
    REQUIRE(tree.chain.orphans() == 0);
    tree.add('x', 'y');
    tree.add('y', 'x');  // a ring hangs nowhere
    REQUIRE(tree.best() == "gabc");
    REQUIRE(tree.chain.orphans() == 2);
}

TEST_CASE("header chain: work decides, then the place", "[chain][source]") {
    Tree tree;
    tree.add('g', 0);
    tree.add('a', 'g');
    tree.add('b', 'g');
    REQUIRE(tree.best() == "ga");
    tree.add('c', 'b');
    REQUIRE(tree.best() == "gbc");
    tree.add('d', 'a');
    REQUIRE(tree.best() == "gbc");
    tree.add('e', 'g', 5);
    REQUIRE(tree.best() == "ge");
}

TEST_CASE("header chain: work does not run over", "[chain][source]") {
    Tree tree;
    tree.add('g', 0, std::numeric_limits<Work>::max());
    tree.add('a', 'g', std::numeric_limits<Work>::max());
    REQUIRE(tree.best() == "g");  // equal work, and stored first
}

TEST_CASE("header chain: a chain does not end in an excluded block", "[chain][source]") {
    Tree tree;
    tree.add('g', 0);
    tree.add('a', 'g');
    tree.add('b', 'a');
    REQUIRE(tree.best({2}) == "ga");
    REQUIRE(tree.best() == "gab");
    tree.add('c', 'b');
    REQUIRE(tree.best({2}) == "gabc");
    REQUIRE(tree.best({0, 1, 2, 3}) == "none");
    REQUIRE(tree.chain.length() == 0);
}

TEST_CASE("header chain: copies of a block are remembered once", "[chain][source]") {
    HeaderChain chain(named('g'));
    const BlkRecord first{.offset = 8, .size = 100, .hash = named('g'), .previous = {}, .work = 1};
    BlkRecord second = first;
    second.offset = 900;
    chain.add(second, 3);
    chain.add(first, 3);
    chain.add(second, 3);
    chain.add(first, 3);
    REQUIRE(chain.places(0) == std::vector{BlockPlace{3, 8, 100}, BlockPlace{3, 900, 100}});
}

}  // namespace wagetrail
