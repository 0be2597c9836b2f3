#include "heuristics/change/guards.h"

#include <algorithm>
#include <map>
#include <set>

namespace wagetrail {
namespace {

/// Union-find over parts in which a set of pairs must never meet.
class Groups {
  public:
    explicit Groups(const std::vector<ChangePart>& parts) {
        for (const ChangePart& part : parts)
            groups_[part.root] = {.side = part.side, .members = {part.root}, .enemies = {}};
        for (const auto& [root, group] : groups_) of_[root] = root;
    }

    [[nodiscard]] bool has(AddrId root) const { return of_.contains(root); }

    void forbid(AddrId a, AddrId b) {
        if (!has(a) || !has(b)) return;
        groups_[a].enemies.insert(b);
        groups_[b].enemies.insert(a);
    }

    /// nullopt: done, or they were one already.
    std::optional<Refusal> unite(AddrId a, AddrId b, const GuardLimits& limits) {
        AddrId keep = of_.at(a);
        AddrId drop = of_.at(b);
        if (keep == drop) return std::nullopt;
        if (groups_[keep].members.size() < groups_[drop].members.size()) std::swap(keep, drop);
        Group& into = groups_[keep];
        Group& from = groups_[drop];
        if (const auto refused = refusal_of(into.side, from.side, limits)) return refused;
        if (are_enemies(into, from)) return Refusal::payment;
        into.side.size += from.side.size;
        if (!into.side.label) into.side.label = from.side.label;
        for (const AddrId member : from.members) of_[member] = keep;
        into.members.insert(from.members.begin(), from.members.end());
        into.enemies.insert(from.enemies.begin(), from.enemies.end());
        groups_.erase(drop);
        return std::nullopt;
    }

    [[nodiscard]] std::vector<std::vector<AddrId>> all() const {
        std::vector<std::vector<AddrId>> lists;
        for (const auto& [root, group] : groups_)
            lists.emplace_back(group.members.begin(), group.members.end());
        std::sort(lists.begin(), lists.end());
        return lists;
    }

  private:
    struct Group {
        GroupSide side;
        std::set<AddrId> members;
        std::set<AddrId> enemies;  // parts that may not come in
    };
    /// Enmity is mutual, so the smaller side is enough to ask.
    static bool are_enemies(const Group& a, const Group& b) {
        const Group& small = a.enemies.size() < b.enemies.size() ? a : b;
        const Group& other = a.enemies.size() < b.enemies.size() ? b : a;
        return std::any_of(small.enemies.begin(), small.enemies.end(),
                           [&](AddrId enemy) { return other.members.contains(enemy); });
    }

    std::map<AddrId, Group> groups_;
    std::map<AddrId, AddrId> of_;
};

}  // namespace

std::string_view name(Refusal reason) {
    switch (reason) {
        case Refusal::size:
            return "size";
        case Refusal::labels:
            return "labels";
        case Refusal::fingerprint:
            return "fingerprint";
        case Refusal::time_gap:
            return "time_gap";
        case Refusal::payment:
            return "payment";
    }
    return "unknown";
}

std::optional<Refusal> refusal_of(const GroupSide& a,
                                  const GroupSide& b,
                                  const GuardLimits& limits) {
    if (a.label && b.label && *a.label != *b.label) return Refusal::labels;
    if (std::max(a.size, b.size) > limits.group_max ||
        std::min(a.size, b.size) > limits.smaller_max)
        return Refusal::size;
    return std::nullopt;
}

bool is_other_software(const index::TxFlags& payer, const index::TxFlags& spender) {
    if (payer.version != spender.version) return true;
    return payer.lock_time != spender.lock_time && payer.signals_rbf != spender.signals_rbf;
}

Grouping grouped(const std::vector<ChangePart>& parts,
                 const std::vector<ChangeCandidate>& candidates,
                 const GuardLimits& limits) {
    Groups groups(parts);
    for (const auto& [merge, refusal] : candidates)
        for (const AddrId paid : merge.paid)
            if (paid != merge.root_a) groups.forbid(merge.root_a, paid);
    Grouping result;
    for (const auto& [merge, refusal] : candidates) {
        if (merge.root_a == merge.root_b) continue;
        std::optional<Refusal> reason = refusal;
        if (!reason) {
            if (!groups.has(merge.root_a) || !groups.has(merge.root_b)) continue;
            reason = groups.unite(merge.root_a, merge.root_b, limits);
        }
        if (reason)
            result.refused.push_back({merge, *reason});
        else
            result.merges.push_back(merge);
    }
    result.groups = groups.all();
    return result;
}

}  // namespace wagetrail
