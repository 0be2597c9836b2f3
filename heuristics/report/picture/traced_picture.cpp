#include "heuristics/report/picture/traced_picture.h"

#include "heuristics/report/picture/passages.h"
#include "heuristics/report/picture/sketch.h"

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace wagetrail::report {
namespace {

Picture blank(std::span<const PolicyTrace> traces, PictureLevel level) {
    Picture picture{.level = level, .direction = traces.front().trace.direction};
    for (const PolicyTrace& each : traces) picture.policies.push_back(each.trace.policy);
    return picture;
}

PictureNode transaction_node(const TxPosition& tx) {
    return {.id = text(tx.txid), .kind = NodeKind::transaction, .address = {}, .tx = tx};
}

/// What the end of a way says about who stands there.
void mark(PictureNode& node, const Passage& passage) {
    const FlowNode& place = *passage.place;
    if (place.kind == FlowKind::payout) node.is_payee = true;
    if (place.kind == FlowKind::target) {
        node.is_target = true;
        add(node.reached, passage.shares);
    }
    if (!place.stop) return;
    for (NodeStop& stop : node.stops)
        if (stop.reason == *place.stop && stop.label == place.label) {
            add(stop.shares, passage.shares);
            return;
        }
    node.stops.push_back({*place.stop, place.label, passage.shares});
}

EdgeOutput moved_by(const TxPosition& tx, const Passage& passage) {
    return {passage.at, tx, passage.whole, passage.shares};
}

Picture of_transactions(const Passages& passages, Picture empty) {
    Sketch sketch(std::move(empty));
    for (const PayoutTx& payout : passages.payout_txs)
        sketch.at(sketch.node(transaction_node(payout.tx))).is_payer = true;
    for (const Passage& passage : passages.all) {
        std::optional<std::size_t> place;
        if (passage.place) {
            place = sketch.node({.id = passage.place->id,
                                 .kind = NodeKind::address,
                                 .address = passage.address,
                                 .tx = {}});
            mark(sketch.at(*place), passage);
        }
        const std::size_t from =
            passage.maker ? sketch.node(transaction_node(*passage.maker)) : place.value();
        const std::size_t to =
            passage.user ? sketch.node(transaction_node(*passage.user)) : place.value();
        sketch.pass(from, to, moved_by(passage.maker ? *passage.maker : *passage.user, passage));
    }
    return std::move(sketch).done();
}

/// Draws who held value, and transactions only where several fed one.
class HolderDrawing {
  public:
    HolderDrawing(const Passages& passages, const PictureNames& names, Picture empty)
        : passages_(passages),
          names_(names),
          policies_(empty.policies.size()),
          kind_(empty.level == PictureLevel::entity ? NodeKind::entity : NodeKind::address),
          sketch_(std::move(empty)) {}

    Expected<Picture> draw() && {
        TRY(set_payers());
        for (const Passage& passage : passages_.all) {
            const std::size_t held = TRY(holder(passage.address));
            if (passage.place) mark(sketch_.at(held), passage);
            if (passage.user) feeders_[passage.user->txid].insert(held);
        }
        for (const PayoutTx& payout : passages_.payout_txs) feed(payout);
        for (const Passage& passage : passages_.all) {
            const std::size_t held = TRY(holder(passage.address));
            if (passage.maker) {
                const std::size_t from = source_of(*passage.maker);
                if (from == held)
                    ++sketch_.at(held).kept_inside;
                else
                    sketch_.pass(from, held, moved_by(*passage.maker, passage));
            }
            if (passage.user && feeders_.at(passage.user->txid).size() > 1)
                sketch_.pass(held, source_of(*passage.user), moved_by(*passage.user, passage));
        }
        return std::move(sketch_).done();
    }

  private:
    Expected<std::size_t> holder(const std::string& address) {
        const auto [at, is_new] = holders_.try_emplace(address, 0);
        if (is_new) {
            Holder holder = TRY(names_.holder(address));
            at->second = sketch_.node({.id = std::move(holder.id),
                                       .kind = kind_,
                                       .address = std::move(holder.address),
                                       .tx = {}});
        }
        return at->second;
    }

    Expected<void> set_payers() {
        for (const PayoutTx& payout : passages_.payout_txs) {
            const std::string address = TRY(names_.payer(payout.tx));
            if (address.empty()) continue;
            const std::size_t node = TRY(holder(address));
            sketch_.at(node).is_payer = true;
            payers_.emplace(payout.tx.txid, node);
            feeders_[payout.tx.txid].insert(node);
        }
        return {};
    }

    /// Where others feed the transaction of payouts too, what the payer put in stands apart.
    void feed(const PayoutTx& payout) {
        const auto payer = payers_.find(payout.tx.txid);
        if (payer == payers_.end() || feeders_.at(payout.tx.txid).size() < 2) return;
        const Shares shares(policies_, payout.amount);
        sketch_.pass(payer->second, source_of(payout.tx),
                     {{payout.tx.txid, OutIndex(0)}, payout.tx, payout.amount, shares});
    }

    /// Who the outputs of a transaction come from: its one feeder, or the transaction itself.
    std::size_t source_of(const TxPosition& tx) {
        const auto fed = feeders_.find(tx.txid);
        if (fed != feeders_.end() && fed->second.size() == 1) return *fed->second.begin();
        return sketch_.node(transaction_node(tx));
    }

    const Passages& passages_;
    const PictureNames& names_;
    std::size_t policies_;
    NodeKind kind_;
    Sketch sketch_;
    std::unordered_map<std::string, std::size_t> holders_;
    std::unordered_map<Txid, std::set<std::size_t>> feeders_;
    std::unordered_map<Txid, std::size_t> payers_;
};

}  // namespace

Expected<Picture> traced_picture(std::span<const PolicyTrace> traces,
                                 PictureLevel level,
                                 const PictureNames& names) {
    CHECK(!traces.empty());
    const Passages passages = passages_of(traces);
    if (level == PictureLevel::transaction) return of_transactions(passages, blank(traces, level));
    return HolderDrawing(passages, names, blank(traces, level)).draw();
}

}  // namespace wagetrail::report
