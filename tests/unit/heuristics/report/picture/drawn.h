// Pictures drawn by hand, for tests of what is made of them.
#pragma once

#include "heuristics/report/picture/sketch.h"

#include <cstdint>
#include <string>

namespace wagetrail::report {

class Drawn {
  public:
    explicit Drawn(Direction direction = Direction::forward)
        : sketch_(Picture{.direction = direction, .policies = {Policy::fifo}}) {}

    Drawn& payer(const std::string& id) {
        sketch_.at(node(id)).is_payer = true;
        return *this;
    }
    Drawn& payee(const std::string& id) {
        sketch_.at(node(id)).is_payee = true;
        return *this;
    }
    Drawn& target(const std::string& id, std::uint64_t units) {
        PictureNode& node_of = sketch_.at(node(id));
        node_of.is_target = true;
        node_of.reached = {Amount(units)};
        return *this;
    }
    /// One output more on the way from one to the other, each later than those before.
    Drawn& pays(const std::string& from, const std::string& to, std::uint64_t units) {
        ++moment_;
        TxPosition tx;
        tx.height = Height(moment_);
        tx.time = Time{1'000 * std::int64_t{moment_}};
        tx.txid.value[0] = static_cast<std::uint8_t>(moment_);
        tx.txid.value[1] = static_cast<std::uint8_t>(moment_ >> 8U);
        const std::size_t start = node(from);
        sketch_.pass(start, node(to), {{tx.txid, OutIndex(0)}, tx, Amount(units), {Amount(units)}});
        return *this;
    }
    Drawn& knows(const std::string& from, const std::string& to) {
        const std::size_t start = node(from);
        sketch_.edge(start, node(to), EdgeKind::contact).transactions = 1;
        return *this;
    }
    [[nodiscard]] Picture done() { return std::move(sketch_).done(); }

  private:
    std::size_t node(const std::string& id) {
        return sketch_.node({.id = id, .kind = NodeKind::entity, .address = id, .tx = {}});
    }

    Sketch sketch_;
    std::uint32_t moment_ = 0;
};

[[nodiscard]] inline std::size_t index_of(const Picture& picture, const std::string& id) {
    for (std::size_t i = 0; i < picture.nodes.size(); ++i)
        if (picture.nodes[i].id == id) return i;
    return picture.nodes.size();
}

}  // namespace wagetrail::report
