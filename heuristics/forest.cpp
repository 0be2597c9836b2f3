#include "heuristics/forest.h"

namespace wagetrail {

using index::Family;

void Forest::begin(const index::ReadHandle& before, AddrId first_new) {
    if (up_.size() + heads_.size() > cache_entries_) make_room();
    changed_.clear();
    before_ = before;
    first_new_ = first_new;
    next_ = {};
}

void Forest::end() {
    rows_.reset();
    before_.reset();
}

void Forest::forget() {
    up_.clear();
    heads_.clear();
    changed_.clear();
}

/// Keeps what the last block changed: its rows may be on their way to the database.
void Forest::make_room() {
    std::unordered_map<AddrId, AddrId> up;
    std::unordered_map<AddrId, Head> heads;
    for (const AddrId node : changed_) {
        if (const auto known = up_.find(node); known != up_.end()) up.insert(*known);
        if (const auto known = heads_.find(node); known != heads_.end()) heads.insert(*known);
    }
    up_ = std::move(up);
    heads_ = std::move(heads);
}

Expected<AddrId> Forest::parent(AddrId node) {
    const auto known = up_.find(node);
    if (known != up_.end()) return known->second;
    AddrId up = node;
    if (node < first_new_) {
        const auto row = TRY(before_->get(Family::cluster, parent_key(level_, node)));
        if (row) up = TRY(ParentRow::decoded(*row)).parent;
    }
    up_.emplace(node, up);
    return up;
}

Expected<AddrId> Forest::root(AddrId node) {
    AddrId top = node;
    for (AddrId up = TRY(parent(top)); up != top; up = TRY(parent(top))) top = up;
    // In memory paths may be short-cut: only the rows keep who hung below whom.
    while (node != top) {
        AddrId& up = up_.at(node);
        node = up;
        up = top;
    }
    return top;
}

Expected<Forest::Head> Forest::head(AddrId root) {
    const auto known = heads_.find(root);
    if (known != heads_.end()) return known->second;
    Head head{.size = 1, .smallest = root};
    if (root < first_new_) {
        if (!rows_) rows_ = before_->cursor(Family::cluster, index::Scan::within_prefix);
        const Bytes prefix = child_prefix(level_, root);
        rows_->seek_back(child_key(level_, root, kLastMergePosition));
        TRY(rows_->status());
        if (rows_->valid() && rows_->key().size() > prefix.size() &&
            equal(rows_->key().first(prefix.size()), prefix)) {
            const ChildRow row = TRY(ChildRow::decoded(rows_->value()));
            head = {.size = row.size, .smallest = row.smallest};
        }
    }
    heads_.emplace(root, head);
    return head;
}

MergePosition Forest::next_position(TxId tx) {
    if (next_.tx != tx) next_ = {.tx = tx, .sequence = 0};
    const MergePosition position = next_;
    ++next_.sequence;
    return position;
}

Expected<void> Forest::unite(AddrId a, AddrId b, MergeRule rule, TxId tx, index::Batch& batch) {
    AddrId child = TRY(root(a));
    AddrId parent = TRY(root(b));
    if (child == parent) return {};
    Head below = TRY(head(child));
    Head above = TRY(head(parent));
    if (below.size > above.size || (below.size == above.size && child < parent)) {
        std::swap(child, parent);
        std::swap(below, above);
        std::swap(a, b);
    }
    const Head merged{.size = below.size + above.size,
                      .smallest = std::min(below.smallest, above.smallest)};
    const MergePosition position = next_position(tx);
    const ParentRow up{
        .parent = parent, .position = position, .rule = rule, .child_side = a, .parent_side = b};
    const ChildRow down{.child = child, .size = merged.size, .smallest = merged.smallest};
    batch.put(Family::cluster, parent_key(level_, child), up.encoded());
    batch.put(Family::cluster, child_key(level_, parent, position), down.encoded());
    batch.put(Family::cluster, merge_key(level_, position), merge_value(child));
    up_[child] = parent;
    changed_.push_back(child);
    changed_.push_back(parent);
    heads_[parent] = merged;
    heads_.erase(child);
    return {};
}

}  // namespace wagetrail
