#include "heuristics/neighbors.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace wagetrail {
namespace {

constexpr std::size_t kPage = 1'000;

std::unexpected<Error> cancelled() {
    return fail(ErrorCode::cancelled, "stopped before all neighbours were found");
}

/// The transactions in which one of the members stands on that side, oldest first.
struct Touched {
    std::vector<TxId> transactions;
    bool truncated = false;
};

bool stands(const index::Posting& posting, NeighborSide side) {
    return side == NeighborSide::out ? posting.spends : posting.pays;
}

Expected<Touched> touched_by(const index::LedgerView& view,
                             std::span<const AddrId> members,
                             NeighborSide side,
                             std::uint64_t transactions_max,
                             const std::stop_token& stop) {
    Touched touched;
    for (const AddrId member : members) {
        std::uint64_t own = 0;
        for (std::optional<TxId> at = TxId(0); at;) {
            if (stop.stop_requested()) return cancelled();
            const index::HistoryPage page = TRY(view.history(member, *at, kPage));
            for (const index::Posting& posting : page.postings) {
                if (!stands(posting, side)) continue;
                if (own++ < transactions_max) touched.transactions.push_back(posting.tx);
            }
            at = own > transactions_max ? std::nullopt : page.next;
        }
        touched.truncated = touched.truncated || own > transactions_max;
    }
    std::ranges::sort(touched.transactions);
    const auto same = std::ranges::unique(touched.transactions);
    touched.transactions.erase(same.begin(), same.end());
    if (touched.transactions.size() > transactions_max) {
        touched.transactions.resize(transactions_max);
        touched.truncated = true;
    }
    return touched;
}

Expected<std::vector<index::OutputRecord>> spent_outputs(const index::LedgerView& view,
                                                         const index::TxRecord& tx) {
    std::vector<index::OutputRecord> spent;
    for (const OutId out : TRY(view.inputs(tx))) spent.push_back(TRY(view.output(out)));
    return spent;
}

/// Adds up neighbours while transactions are taken apart.
class Gathering {
  public:
    Gathering(const index::LedgerView& view,
              const Clusters& clusters,
              std::span<const AddrId> members,
              const NeighborScope& scope)
        : view_(view), clusters_(clusters), own_(members.begin(), members.end()), scope_(scope) {}

    Expected<void> take(TxId id) {
        const index::TxRecord tx = TRY(view_.tx(id));
        const auto inputs = TRY(spent_outputs(view_, tx));
        const auto outputs = TRY(view_.outputs(tx));
        const bool out = scope_.side == NeighborSide::out;
        const Amount all = sum(inputs, [](const auto&) { return true; });
        if (all.is_zero()) return {};  // a coinbase has no payer
        const auto& ours = out ? inputs : outputs;
        const auto& theirs = out ? outputs : inputs;
        const Amount own = sum(ours, [&](const auto& each) { return own_.contains(each.address); });
        seen_.clear();
        for (const index::OutputRecord& other : theirs) {
            if (own_.contains(other.address)) continue;
            // Of either side: input * output / all inputs.
            const Amount part =
                out ? scaled(other.amount, own, all) : scaled(own, other.amount, all);
            TRY(add(other.address, part, tx.height));
        }
        return {};
    }

    [[nodiscard]] std::vector<Neighbor> found() const {
        std::vector<Neighbor> found;
        for (const auto& [key, neighbor] : by_key_) found.push_back(neighbor);
        std::ranges::sort(found, [](const Neighbor& a, const Neighbor& b) {
            return a.amount != b.amount ? a.amount > b.amount : a.address < b.address;
        });
        return found;
    }

  private:
    template <class Wanted>
    static Amount sum(const std::vector<index::OutputRecord>& outputs, const Wanted& wanted) {
        Amount sum;
        for (const index::OutputRecord& each : outputs)
            if (wanted(each)) sum += each.amount;
        return sum;
    }

    Expected<void> add(AddrId address, Amount amount, Height height) {
        const AddrId key =
            scope_.entities ? TRY(clusters_.root(ClusterLevel::l1, address)) : address;
        Neighbor& neighbor =
            by_key_.try_emplace(key, Neighbor{.address = key, .amount = {}, .first = height})
                .first->second;
        neighbor.amount += amount;
        neighbor.last = height;
        if (seen_.insert(key).second) ++neighbor.transactions;
        return {};
    }

    const index::LedgerView& view_;
    const Clusters& clusters_;
    std::unordered_set<AddrId> own_;
    NeighborScope scope_;
    std::unordered_map<AddrId, Neighbor> by_key_;
    std::unordered_set<AddrId> seen_;  // in the transaction in hand
};

}  // namespace

std::string_view name(NeighborSide side) {
    return side == NeighborSide::in ? "in" : "out";
}

Expected<Neighbors> neighbors_of(const index::LedgerView& view,
                                 const Clusters& clusters,
                                 std::span<const AddrId> members,
                                 const NeighborScope& scope,
                                 const std::stop_token& stop) {
    const Touched touched =
        TRY(touched_by(view, members, scope.side, scope.transactions_max, stop));
    Gathering gathering(view, clusters, members, scope);
    for (const TxId tx : touched.transactions) {
        if (stop.stop_requested()) return cancelled();
        TRY(gathering.take(tx));
    }
    return Neighbors{.found = gathering.found(),
                     .transactions = touched.transactions.size(),
                     .truncated = touched.truncated};
}

Expected<Links> links_between(const index::LedgerView& view,
                              std::span<const AddrId> from,
                              std::span<const AddrId> to,
                              std::uint64_t transactions_max,
                              const std::stop_token& stop) {
    const Touched touched = TRY(touched_by(view, from, NeighborSide::out, transactions_max, stop));
    const std::unordered_set<AddrId> payers(from.begin(), from.end());
    const std::unordered_set<AddrId> payees(to.begin(), to.end());
    Links links{.found = {}, .truncated = touched.truncated};
    for (const TxId id : touched.transactions) {
        if (stop.stop_requested()) return cancelled();
        Link link{.tx = TRY(view.tx(id)), .paid = {}, .received = {}};
        for (const index::OutputRecord& output : TRY(view.outputs(link.tx)))
            if (payees.contains(output.address)) link.received += output.amount;
        if (link.received.is_zero()) continue;
        for (const index::OutputRecord& spent : TRY(spent_outputs(view, link.tx)))
            if (payers.contains(spent.address)) link.paid += spent.amount;
        links.found.push_back(link);
    }
    return links;
}

}  // namespace wagetrail
