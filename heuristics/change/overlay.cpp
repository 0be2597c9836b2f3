#include "heuristics/change/overlay.h"

#include "heuristics/change/ballot.h"

#include <algorithm>
#include <deque>

namespace wagetrail {

/// What the search around an address has seen so far.
struct ChangeOverlay::Found {
    std::deque<AddrId> open;             // roots to look around
    std::set<AddrId> reached;            // all that were ever in it
    std::map<AddrId, ChangePart> known;  // by root; also of parts that were not reached
    std::map<TxId, std::optional<ChangeCandidate>> read;
    std::uint64_t addresses = 0;
    bool is_complete = true;
};

Expected<const ChangePart*> ChangeOverlay::part(AddrId root, Found& found) {
    const auto known = found.known.find(root);
    if (known != found.known.end()) return &known->second;
    const Entity entity = TRY(clusters_.entity(ClusterLevel::l1, root));
    ChangePart made{.root = root, .side = {.size = entity.size, .label = TRY(label_of_(root))}};
    return &found.known.emplace(root, std::move(made)).first->second;
}

Expected<std::optional<ChangeCandidate>> ChangeOverlay::candidate(TxId id, Found& found) {
    std::optional<ChangeCandidate> nothing;
    const index::TxRecord tx = TRY(view_.tx(id));
    if (tx.entry.in_count == 0 || tx.entry.out_count < 2) return nothing;
    Payment payment = TRY(reader_.read_sides(tx));
    if (!may_have_change(payment, settings_.rules)) return nothing;
    TRY(reader_.add_fates(tx, payment));
    Ballot counted = ballot(payment, settings_.voters, settings_.rules);
    if (!counted.leader || counted.margin < settings_.margin_min) return nothing;
    const PaymentOutput& change = payment.outputs[*counted.leader];
    ChangeCandidate won{.merge = {.a = payment.inputs.front().address,
                                  .b = change.address,
                                  .tx = tx.id,
                                  .vout = change.vout,
                                  .margin = counted.margin,
                                  .rules = std::move(counted.for_leader)},
                        .refusal = std::nullopt};
    won.merge.root_a = TRY(clusters_.root(ClusterLevel::l1, won.merge.a));
    won.merge.root_b = TRY(clusters_.root(ClusterLevel::l1, won.merge.b));
    for (const PaymentOutput& out : payment.outputs)
        if (out.vout != change.vout)
            won.merge.paid.push_back(TRY(clusters_.root(ClusterLevel::l1, out.address)));
    won.refusal = TRY(refusal(tx, payment, won.merge, found));
    return std::optional(std::move(won));
}

/// By what is known of the two parts and the payment alone, so that it does not matter what has
/// grown around them.
Expected<std::optional<Refusal>> ChangeOverlay::refusal(const index::TxRecord& tx,
                                                        const Payment& payment,
                                                        const ChangeMerge& merge,
                                                        Found& found) {
    if (merge.root_a == merge.root_b) return std::optional<Refusal>();
    const GroupSide a = TRY(part(merge.root_a, found))->side;
    const GroupSide b = TRY(part(merge.root_b, found))->side;
    if (const auto reason = refusal_of(a, b, settings_.guards)) return reason;
    const auto change =
        std::find_if(payment.outputs.begin(), payment.outputs.end(),
                     [&](const PaymentOutput& out) { return out.vout == merge.vout; });
    CHECK(change != payment.outputs.end());
    if (!change->spender) return std::optional<Refusal>();
    if (is_other_software(payment.flags, change->spender->flags))
        return std::optional(Refusal::fingerprint);
    const index::TxRecord spender = TRY(view_.tx(change->spender->id));
    const std::int64_t paid = TRY(view_.block(tx.height)).header.time;
    const std::int64_t spent = TRY(view_.block(spender.height)).header.time;
    if (spent - paid > settings_.guards.gap_seconds_max) return std::optional(Refusal::time_gap);
    return std::optional<Refusal>();
}

Expected<void> ChangeOverlay::consider(TxId id, AddrId root, Found& found) {
    auto known = found.read.find(id);
    if (known == found.read.end()) known = found.read.emplace(id, TRY(candidate(id, found))).first;
    if (!known->second || known->second->refusal) return {};
    const ChangeMerge& merge = known->second->merge;
    if (merge.root_a != root && merge.root_b != root) return {};
    for (const AddrId side : {merge.root_a, merge.root_b})
        if (found.reached.insert(side).second) found.open.push_back(side);
    return {};
}

Expected<void> ChangeOverlay::visit(const Entity& entity,
                                    Found& found,
                                    const std::stop_token& stop) {
    constexpr std::size_t kPage = 1'000;
    found.addresses += entity.size;
    if (found.addresses > settings_.addresses_max) {
        found.is_complete = false;
        return {};
    }
    const MemberPage members = TRY(clusters_.members(entity, AddrId(0), entity.size));
    for (const AddrId member : members.members) {
        for (std::optional<TxId> from = TxId(0); from;) {
            if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
            const index::HistoryPage page = TRY(view_.history(member, *from, kPage));
            for (const index::Posting& posting : page.postings) {
                if (found.read.size() >= settings_.transactions_max) {
                    found.is_complete = false;
                    return {};
                }
                TRY(consider(posting.tx, entity.root, found));
            }
            from = page.next;
        }
    }
    return {};
}

Expected<ChangeEntity> ChangeOverlay::entity(AddrId address, const std::stop_token& stop) {
    Found found;
    const AddrId asked = TRY(clusters_.root(ClusterLevel::l1, address));
    found.reached.insert(asked);
    const bool is_too_large = TRY(part(asked, found))->side.size > settings_.guards.group_max;
    if (!is_too_large) found.open.push_back(asked);
    while (!found.open.empty()) {
        const AddrId root = found.open.front();
        found.open.pop_front();
        TRY(visit(TRY(clusters_.entity(ClusterLevel::l1, root)), found, stop));
        if (!found.is_complete) break;
    }
    ChangeEntity whole = TRY(group_of(asked, found));
    whole.is_complete = found.is_complete;
    whole.is_too_large = is_too_large;
    return whole;
}

Expected<ChangeEntity> ChangeOverlay::group_of(AddrId asked, Found& found) {
    std::vector<ChangePart> parts;
    for (const AddrId root : found.reached) parts.push_back(*TRY(part(root, found)));
    std::vector<ChangeCandidate> candidates;
    for (const auto& [tx, read] : found.read)
        if (read) candidates.push_back(*read);
    Grouping grouping = grouped(parts, candidates, settings_.guards);

    const auto group = std::find_if(
        grouping.groups.begin(), grouping.groups.end(), [&](const std::vector<AddrId>& roots) {
            return std::binary_search(roots.begin(), roots.end(), asked);
        });
    CHECK(group != grouping.groups.end());
    const auto inside = [&](AddrId root) {
        return std::binary_search(group->begin(), group->end(), root);
    };
    ChangeEntity result;
    for (const AddrId root : *group) {
        result.parts.push_back(TRY(clusters_.entity(ClusterLevel::l1, root)));
        result.size += result.parts.back().size;
    }
    std::sort(result.parts.begin(), result.parts.end(),
              [](const Entity& a, const Entity& b) { return a.first < b.first; });
    result.first = result.parts.front().first;
    for (ChangeMerge& merge : grouping.merges)
        if (inside(merge.root_a)) result.merges.push_back(std::move(merge));
    for (RefusedMerge& refused : grouping.refused)
        if (inside(refused.merge.root_a) || inside(refused.merge.root_b))
            result.refused.push_back(std::move(refused));
    return result;
}

std::optional<std::vector<ChangeMerge>> path_between(const std::vector<ChangeMerge>& merges,
                                                     AddrId root_a,
                                                     AddrId root_b) {
    std::map<AddrId, const ChangeMerge*> via{{root_a, nullptr}};
    std::deque<AddrId> open{root_a};
    while (!open.empty() && !via.contains(root_b)) {
        const AddrId at = open.front();
        open.pop_front();
        for (const ChangeMerge& merge : merges) {
            if (merge.root_a != at && merge.root_b != at) continue;
            const AddrId other = merge.root_a == at ? merge.root_b : merge.root_a;
            if (via.emplace(other, &merge).second) open.push_back(other);
        }
    }
    if (!via.contains(root_b)) return std::nullopt;
    std::vector<ChangeMerge> path;
    for (AddrId at = root_b; at != root_a;) {
        const ChangeMerge& merge = *via.at(at);
        path.push_back(merge);
        at = merge.root_a == at ? merge.root_b : merge.root_a;
    }
    std::reverse(path.begin(), path.end());
    return path;
}

}  // namespace wagetrail
