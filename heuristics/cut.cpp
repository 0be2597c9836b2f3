#include "heuristics/cut.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace wagetrail {
namespace {

/// A union-find in memory; the smaller id stays the root.
class Sets {
  public:
    AddrId root(AddrId node) {
        AddrId top = node;
        while (up_.at(top) != top) top = up_.at(top);
        while (up_.at(node) != top) node = std::exchange(up_.at(node), top);
        return top;
    }
    void add(AddrId node) { up_.emplace(node, node); }
    [[nodiscard]] bool has(AddrId node) const { return up_.contains(node); }
    void unite(AddrId a, AddrId b) {
        a = root(a);
        b = root(b);
        up_.at(std::max(a, b)) = std::min(a, b);
    }

  private:
    std::unordered_map<AddrId, AddrId> up_;
};

Expected<std::vector<AddrId>> spenders(const index::LedgerView& view, const index::TxRecord& tx) {
    std::vector<AddrId> addresses;
    for (const OutId out : TRY(view.inputs(tx))) addresses.push_back(TRY(view.output(out)).address);
    return addresses;
}

class Cutter {
  public:
    Cutter(const index::LedgerView& view, Clusters& clusters, const CutLimits& limits)
        : view_(view), clusters_(clusters), limits_(limits) {}

    Expected<Cut> run(AddrId address, const index::TxRecord& edge, const std::stop_token& stop);

  private:
    Expected<void> join_known(const Entity& entity, TxId edge);
    Expected<void> join_spends_of(AddrId member, TxId edge, const std::stop_token& stop);
    Expected<void> join_spend(TxId id);
    std::vector<CutPart> parts_around(AddrId address);

    const index::LedgerView& view_;
    Clusters& clusters_;
    CutLimits limits_;
    std::vector<AddrId> members_;
    Sets sets_;
    std::set<TxId> read_;
    std::uint64_t co_spends_ = 0;
};

/// Key identity, and the merges that are on record for other transactions.
Expected<void> Cutter::join_known(const Entity& entity, TxId edge) {
    for (const AddrId member : members_) {
        const AddrId same_key = TRY(clusters_.root(ClusterLevel::l0, member));
        if (sets_.has(same_key)) sets_.unite(member, same_key);
    }
    const MergePage merges = TRY(clusters_.merges(entity, {}, entity.size));
    for (const Merge& merge : merges.merges)
        if (merge.position.tx != edge) sets_.unite(merge.a, merge.b);
    return {};
}

Expected<void> Cutter::join_spend(TxId id) {
    const index::TxRecord tx = TRY(view_.tx(id));
    if (tx.entry.in_count < 2 || tx.entry.flags.is_hogex ||
        is_coinjoin(TRY(clusters_.class_of(tx.id))))
        return {};
    std::optional<AddrId> first;
    bool joins = false;
    for (const AddrId address : TRY(spenders(view_, tx))) {
        if (!sets_.has(address)) continue;
        if (!first) first = address;
        joins = joins || address != *first;
        sets_.unite(*first, address);
    }
    if (joins) ++co_spends_;
    return {};
}

Expected<void> Cutter::join_spends_of(AddrId member, TxId edge, const std::stop_token& stop) {
    constexpr std::size_t kPage = 1'000;
    for (std::optional<TxId> from = TxId(0); from;) {
        if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
        const index::HistoryPage page = TRY(view_.history(member, *from, kPage));
        for (const index::Posting& posting : page.postings) {
            if (!posting.spends || posting.tx == edge || !read_.insert(posting.tx).second) continue;
            if (read_.size() > limits_.transactions_max)
                return fail(ErrorCode::limit, "the entity spent in more than " +
                                                  std::to_string(limits_.transactions_max) +
                                                  " transactions; too many to read again");
            TRY(join_spend(posting.tx));
        }
        from = page.next;
    }
    return {};
}

std::vector<CutPart> Cutter::parts_around(AddrId address) {
    std::map<AddrId, CutPart> by_root;
    for (const AddrId member : members_) {
        CutPart& part = by_root[sets_.root(member)];
        if (part.members.empty()) part.first = member;
        part.members.push_back(member);
    }
    const AddrId asked = sets_.root(address);
    std::vector<CutPart> parts;
    for (auto& [root, part] : by_root) parts.push_back(std::move(part));
    std::stable_sort(parts.begin(), parts.end(), [&](const CutPart& a, const CutPart& b) {
        const bool a_asked = sets_.root(a.first) == asked;
        const bool b_asked = sets_.root(b.first) == asked;
        if (a_asked != b_asked) return a_asked;
        return a.members.size() > b.members.size();
    });
    return parts;
}

Expected<Cut> Cutter::run(AddrId address,
                          const index::TxRecord& edge,
                          const std::stop_token& stop) {
    Cut result{.entity = TRY(clusters_.entity(ClusterLevel::l1, address))};
    if (result.entity.size > limits_.addresses_max)
        return fail(ErrorCode::limit, "the entity has " + std::to_string(result.entity.size) +
                                          " addresses, more than can be read again (" +
                                          std::to_string(limits_.addresses_max) + ")");
    members_ = TRY(clusters_.members(result.entity, AddrId(0), result.entity.size)).members;
    for (const AddrId member : members_) sets_.add(member);
    std::set<AddrId> together;
    if (!is_coinjoin(TRY(clusters_.class_of(edge.id))))
        for (const AddrId spender : TRY(spenders(view_, edge)))
            if (sets_.has(spender)) together.insert(spender);
    if (together.size() < 2)
        return fail(ErrorCode::not_found, "transaction " + text(edge.txid) +
                                              " spends no two addresses of the entity together; "
                                              "wagetrail explain names the ones that join it");
    result.addresses_cut = together.size();
    TRY(join_known(result.entity, edge.id));
    for (const AddrId member : members_) TRY(join_spends_of(member, edge.id, stop));
    result.co_spends = co_spends_;
    result.parts = parts_around(address);
    return result;
}

}  // namespace

Expected<Cut> cut(const index::LedgerView& view,
                  Clusters& clusters,
                  AddrId address,
                  const index::TxRecord& edge,
                  const CutLimits& limits,
                  const std::stop_token& stop) {
    return Cutter(view, clusters, limits).run(address, edge, stop);
}

}  // namespace wagetrail
