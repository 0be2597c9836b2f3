#include "heuristics/clusters.h"

#include <algorithm>
#include <queue>

namespace wagetrail {

using index::Family;
using index::Scan;

namespace {

/// The `limit` smallest of what it is shown, and whether there was more.
template <class T>
class Smallest {
  public:
    explicit Smallest(std::size_t limit) : keep_(limit + 1) {}

    void add(const T& item) {
        if (heap_.size() == keep_) {
            if (!(item < heap_.top())) return;
            heap_.pop();
        }
        heap_.push(item);
    }
    /// Ascending; one more than the limit when there was more.
    [[nodiscard]] std::vector<T> take() && {
        std::vector<T> items;
        for (; !heap_.empty(); heap_.pop()) items.push_back(heap_.top());
        std::reverse(items.begin(), items.end());
        return items;
    }

  private:
    std::size_t keep_;
    std::priority_queue<T> heap_;
};

}  // namespace

/// A node on the way from an address to its root, and the merge that leads on.
struct Clusters::Step {
    AddrId node;
    std::optional<ParentRow> up;  // nullopt: the root
};

Clusters::Clusters(const index::LedgerView& view)
    : view_(view),
      cluster_rows_(view.reader().cursor(Family::cluster, Scan::within_prefix)),
      class_rows_(view.reader().cursor(Family::tx_class, Scan::whole)) {}

Expected<std::optional<ParentRow>> Clusters::parent(ClusterLevel level, AddrId child) const {
    const auto value = TRY(view_.reader().get(Family::cluster, parent_key(level, child)));
    if (!value) return std::nullopt;
    const ParentRow row = TRY(ParentRow::decoded(*value));
    if (row.position.tx >= view_.end_tx()) return std::nullopt;  // was still a root
    return std::optional(row);
}

Expected<AddrId> Clusters::root(ClusterLevel level, AddrId address) const {
    std::optional<LastRoot>& last = last_roots_.at(static_cast<std::size_t>(level));
    if (last && last->address == address) return last->root;
    AddrId node = address;
    while (const auto up = TRY(parent(level, node))) node = up->parent;
    last = LastRoot{address, node};
    return node;
}

Expected<Entity> Clusters::entity(ClusterLevel level, AddrId address) {
    const AddrId top = TRY(root(level, address));
    Entity entity{.level = level, .root = top, .first = top, .size = 1};
    const Bytes prefix = child_prefix(level, top);
    const auto on_child = [&] {
        return cluster_rows_.valid() && cluster_rows_.key().size() > prefix.size() &&
               equal(cluster_rows_.key().first(prefix.size()), prefix);
    };
    cluster_rows_.seek_back(child_key(level, top, {.tx = view_.end_tx(), .sequence = 0}));
    // A merge in the first transaction behind the view may stand exactly there.
    if (on_child() && trailing_position(cluster_rows_.key())->tx >= view_.end_tx())
        cluster_rows_.previous();
    TRY(cluster_rows_.status());
    if (!on_child()) return entity;
    const ChildRow row = TRY(ChildRow::decoded(cluster_rows_.value()));
    entity.first = row.smallest;
    entity.size = row.size;
    return entity;
}

Expected<bool> Clusters::same_entity(ClusterLevel level, AddrId a, AddrId b) const {
    return TRY(root(level, a)) == TRY(root(level, b));
}

Expected<std::string> Clusters::id(const Entity& entity) const {
    const Address first = TRY(view_.address(entity.first));
    return std::string(params(view_.ledger()).name) + ":" + text(first);
}

Expected<std::optional<AddrId>> Clusters::find(std::string_view entity_id) const {
    const std::string_view ledger = params(view_.ledger()).name;
    if (!entity_id.starts_with(ledger) || entity_id.substr(ledger.size(), 1) != ":")
        return std::nullopt;
    const auto address = parse_address(view_.ledger(), entity_id.substr(ledger.size() + 1));
    if (!address) return std::nullopt;
    return view_.find_address(*address);
}

template <class Visit>
Expected<void> Clusters::each_child(const Entity& entity, Visit visit) {
    std::vector<AddrId> open{entity.root};
    while (!open.empty()) {
        const AddrId node = open.back();
        open.pop_back();
        const Bytes prefix = child_prefix(entity.level, node);
        std::uint64_t size = 1;
        for (cluster_rows_.seek(prefix); cluster_rows_.valid(); cluster_rows_.next()) {
            const ByteView key = cluster_rows_.key();
            if (key.size() <= prefix.size() || !equal(key.first(prefix.size()), prefix)) break;
            const auto position = trailing_position(key);
            if (!position || position->tx >= view_.end_tx()) break;
            const ChildRow row = TRY(ChildRow::decoded(cluster_rows_.value()));
            visit(*position, row.child);
            if (row.size > size + 1) open.push_back(row.child);  // a child of one has no children
            size = row.size;
        }
        TRY(cluster_rows_.status());
    }
    return {};
}

Expected<MemberPage> Clusters::members(const Entity& entity, AddrId from, std::size_t limit) {
    Smallest<AddrId> page(limit);
    const auto add = [&](AddrId member) {
        if (member >= from) page.add(member);
    };
    add(entity.root);
    TRY(each_child(entity, [&](const MergePosition&, AddrId child) { add(child); }));
    MemberPage result{.members = std::move(page).take(), .next = std::nullopt};
    if (result.members.size() > limit) {
        result.next = result.members.back();
        result.members.pop_back();
    }
    return result;
}

Expected<MergePage> Clusters::merges(const Entity& entity, MergePosition from, std::size_t limit) {
    using Found = std::pair<MergePosition, AddrId>;
    Smallest<Found> page(limit);
    TRY(each_child(entity, [&](const MergePosition& position, AddrId child) {
        if (position >= from) page.add({position, child});
    }));
    std::vector<Found> found = std::move(page).take();
    MergePage result;
    if (found.size() > limit) {
        result.next = found.back().first;
        found.pop_back();
    }
    for (const auto& [position, child] : found) {
        const auto row = TRY(parent(entity.level, child));
        if (!row)
            return fail(ErrorCode::corrupt,
                        "the index has no parent row for a merge; run wagetrail doctor --deep");
        result.merges.push_back(
            {.a = row->child_side, .b = row->parent_side, .rule = row->rule, .position = position});
    }
    return result;
}

Expected<std::vector<Clusters::Step>> Clusters::climb(ClusterLevel level, AddrId address) const {
    std::vector<Step> steps;
    for (AddrId node = address;;) {
        const auto up = TRY(parent(level, node));
        steps.push_back({.node = node, .up = up});
        if (!up) return steps;
        node = up->parent;
    }
}

/// Merges only get later on the way up, so the one that first brought a and b together is the last
/// before their ways meet, on one side or the other.
Expected<std::optional<Merge>> Clusters::joining_merge(ClusterLevel level,
                                                       AddrId a,
                                                       AddrId b) const {
    std::vector<Step> from_a = TRY(climb(level, a));
    std::vector<Step> from_b = TRY(climb(level, b));
    if (from_a.back().node != from_b.back().node) return std::nullopt;
    while (!from_a.empty() && !from_b.empty() && from_a.back().node == from_b.back().node) {
        from_a.pop_back();
        from_b.pop_back();
    }
    const ParentRow* last_a = from_a.empty() ? nullptr : &*from_a.back().up;
    const ParentRow* last_b = from_b.empty() ? nullptr : &*from_b.back().up;
    CHECK(last_a != nullptr || last_b != nullptr);  // a is not b
    const bool on_a =
        last_b == nullptr || (last_a != nullptr && last_a->position > last_b->position);
    const ParentRow& row = on_a ? *last_a : *last_b;
    Merge merge{
        .a = row.child_side, .b = row.parent_side, .rule = row.rule, .position = row.position};
    if (!on_a) std::swap(merge.a, merge.b);
    return std::optional(merge);
}

// The merge that brought a and b together joined one address of a's tree with one of b's. How a
// came to the former and the latter to b are the same question about earlier merges.
Expected<std::optional<std::vector<Merge>>> Clusters::explain(ClusterLevel level,
                                                              AddrId a,
                                                              AddrId b,
                                                              std::size_t limit) const {
    struct Part {
        AddrId from;
        AddrId to;
        std::optional<Merge> merge;  // set: known; else still to be explained
    };
    std::vector<Merge> chain;
    std::vector<Part> parts{{.from = a, .to = b, .merge = std::nullopt}};
    std::size_t known = 0;
    while (!parts.empty()) {
        const Part part = parts.back();
        parts.pop_back();
        if (part.merge) {
            chain.push_back(*part.merge);
            continue;
        }
        if (part.from == part.to) continue;
        const auto merge = TRY(joining_merge(level, part.from, part.to));
        if (!merge) return std::nullopt;
        if (++known > limit)
            return fail(ErrorCode::limit,
                        "more than " + std::to_string(limit) +
                            " merges lie between the two addresses; raise --limit");
        parts.push_back({.from = merge->b, .to = part.to, .merge = std::nullopt});
        parts.push_back({.from = merge->a, .to = merge->b, .merge = merge});
        parts.push_back({.from = part.from, .to = merge->a, .merge = std::nullopt});
    }
    return std::optional(std::move(chain));
}

Expected<TxClass> Clusters::class_of(TxId tx) {
    class_rows_.seek(index::id_key(tx));
    TRY(class_rows_.status());
    if (!class_rows_.valid()) return TxClass::ordinary;
    // Rows are sparse: this one may be of a later chunk.
    const TxClassRow row = TRY(TxClassRow::decoded(class_rows_.key(), class_rows_.value()));
    const auto found = std::find_if(row.entries.begin(), row.entries.end(),
                                    [&](const TxClassRow::Entry& entry) { return entry.tx == tx; });
    return found == row.entries.end() ? TxClass::ordinary : found->tx_class;
}

std::vector<Merge> weakest_first(std::vector<Merge> merges) {
    std::stable_sort(merges.begin(), merges.end(), [](const Merge& left, const Merge& right) {
        const unsigned left_score = score_permille(left.rule);
        const unsigned right_score = score_permille(right.rule);
        if (left_score != right_score) return left_score < right_score;
        return left.position > right.position;
    });
    return merges;
}

}  // namespace wagetrail
