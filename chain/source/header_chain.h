// The tree of headers a source has found, and the chain in it with the most work. Headers may come
// in any order: one whose parent is missing waits for it. Nothing but linkage is checked here.
#pragma once

#include "chain/source/blk_file.h"
#include "chain/source/block_source.h"

#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace wagetrail {

/// Where a header's block is stored. Ordered as the files are.
struct BlockPlace {
    std::uint32_t file = 0;
    std::uint64_t offset = 0;
    std::uint32_t size = 0;

    friend constexpr auto operator<=>(const BlockPlace&, const BlockPlace&) = default;
};

class HeaderChain {
  public:
    /// Node of the tree, dense in order of arrival.
    using NodeId = std::uint32_t;

    explicit HeaderChain(const BlockHash& genesis);

    /// A second record of a known header is kept as a copy of its block.
    void add(const BlkRecord& record, std::uint32_t file);

    /// Chooses the chain with the most work; of equals the one whose last block is stored first. A
    /// chain does not end in an excluded node. False when the genesis block is missing.
    bool select(const std::unordered_set<NodeId>& excluded);

    /// The chosen chain. Empty before select().
    [[nodiscard]] std::uint32_t length() const { return static_cast<std::uint32_t>(best_.size()); }
    /// height must be below length().
    [[nodiscard]] NodeId at(Height height) const;
    [[nodiscard]] const BlockHash& hash(NodeId node) const { return nodes_[node].hash; }
    /// All the places its block is stored in, in file order; at least one.
    [[nodiscard]] std::vector<BlockPlace> places(NodeId node) const;

    [[nodiscard]] bool contains(const BlockHash& hash) const { return by_hash_.contains(hash); }
    [[nodiscard]] bool empty() const { return nodes_.empty(); }
    /// Headers whose chain to the genesis block is broken.
    [[nodiscard]] std::size_t orphans() const { return nodes_.size() - linked_; }

  private:
    static constexpr NodeId kNone = 0xFFFFFFFF;

    struct Node {
        BlockHash hash;
        Work chain_work = 0;  // of its own while not linked
        NodeId parent = kNone;
        std::uint32_t height = 0;
        bool linked = false;  // to the genesis block
        BlockPlace place;
    };

    void add_copy(NodeId node, const BlockPlace& place);
    void link(NodeId node);
    [[nodiscard]] bool better(const Node& a, const Node& b) const;

    BlockHash genesis_;
    std::vector<Node> nodes_;
    std::unordered_map<BlockHash, NodeId> by_hash_;
    std::unordered_multimap<BlockHash, NodeId> waiting_;  // parent's hash -> children not linked
    std::unordered_multimap<NodeId, BlockPlace> copies_;
    std::vector<NodeId> best_;  // by height
    std::size_t linked_ = 0;
};

}  // namespace wagetrail
