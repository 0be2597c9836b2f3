#include "chain/source/header_chain.h"

#include <algorithm>
#include <limits>

namespace wagetrail {

HeaderChain::HeaderChain(const BlockHash& genesis) : genesis_(genesis) {}

void HeaderChain::add(const BlkRecord& record, std::uint32_t file) {
    const BlockPlace place{.file = file, .offset = record.offset, .size = record.size};
    const auto id = static_cast<NodeId>(nodes_.size());
    const auto [known, fresh] = by_hash_.try_emplace(record.hash, id);
    if (!fresh) {
        add_copy(known->second, place);
        return;
    }
    nodes_.push_back({.hash = record.hash, .chain_work = record.work, .place = place});
    if (record.hash == genesis_) {
        link(id);
        return;
    }
    const auto parent = by_hash_.find(record.previous);
    if (parent != by_hash_.end() && nodes_[parent->second].linked) {
        nodes_[id].parent = parent->second;
        link(id);
    } else {
        waiting_.emplace(record.previous, id);
    }
}

void HeaderChain::add_copy(NodeId node, const BlockPlace& place) {
    const auto known = places(node);
    if (std::find(known.begin(), known.end(), place) == known.end()) copies_.emplace(node, place);
}

void HeaderChain::link(NodeId first) {
    std::vector<NodeId> ready{first};
    while (!ready.empty()) {
        const NodeId id = ready.back();
        ready.pop_back();
        Node& node = nodes_[id];
        node.linked = true;
        ++linked_;
        if (node.parent != kNone) {
            const Node& parent = nodes_[node.parent];
            const Work room = std::numeric_limits<Work>::max() - parent.chain_work;
            node.chain_work = parent.chain_work + std::min(node.chain_work, room);
            node.height = parent.height + 1;
        }
        const auto [begin, end] = waiting_.equal_range(node.hash);
        for (auto child = begin; child != end; ++child) {
            nodes_[child->second].parent = id;
            ready.push_back(child->second);
        }
        waiting_.erase(begin, end);
    }
}

bool HeaderChain::better(const Node& a, const Node& b) const {
    if (a.chain_work != b.chain_work) return a.chain_work > b.chain_work;
    return a.place < b.place;
}

bool HeaderChain::select(const std::unordered_set<NodeId>& excluded) {
    NodeId tip = kNone;
    for (NodeId id = 0; id < nodes_.size(); ++id) {
        if (!nodes_[id].linked || excluded.contains(id)) continue;
        if (tip == kNone || better(nodes_[id], nodes_[tip])) tip = id;
    }
    if (tip == kNone) {
        best_.clear();
        return false;
    }
    best_.resize(nodes_[tip].height + std::size_t{1}, kNone);
    for (NodeId id = tip; id != kNone; id = nodes_[id].parent) {
        NodeId& slot = best_[nodes_[id].height];
        if (slot == id) break;  // what stands below it is unchanged
        slot = id;
    }
    return true;
}

HeaderChain::NodeId HeaderChain::at(Height height) const {
    CHECK(height.value < best_.size());
    return best_[height.value];
}

std::vector<BlockPlace> HeaderChain::places(NodeId node) const {
    std::vector<BlockPlace> found{nodes_[node].place};
    const auto [begin, end] = copies_.equal_range(node);
    for (auto copy = begin; copy != end; ++copy) found.push_back(copy->second);
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace wagetrail
