#include "heuristics/report/evidence/proofs.h"

#include <map>
#include <string_view>
#include <unordered_set>

namespace wagetrail::report {
namespace {

enum class Role : std::uint8_t { path, step, parent };

std::string_view name(Role role) {
    return role == Role::path ? "path" : role == Role::step ? "step" : "parent";
}

/// Which transactions are wanted, each in its most important role.
class Wanted {
  public:
    explicit Wanted(const index::LedgerView& view) : view_(view) {}

    Expected<void> add(const Txid& txid, Role role) {
        if (!seen_.insert(txid).second) return {};
        const auto id = TRY(view_.find_tx(txid));
        CHECK(id.has_value());  // the trace has it from this view
        const index::TxRecord tx = TRY(view_.tx(*id));
        roles_.emplace(std::pair{tx.height, tx.index}, std::pair{*id, role});
        return {};
    }
    /// What those of them spend that are no parents themselves.
    Expected<void> add_parents() {
        const auto children = roles_;
        for (const auto& [place, child] : children)
            for (const OutId spent : TRY(view_.inputs(TRY(view_.tx(child.first)))))
                TRY(add(TRY(view_.tx_of(spent)).txid, Role::parent));
        return {};
    }
    [[nodiscard]] std::size_t size() const { return roles_.size(); }
    [[nodiscard]] const auto& by_place() const { return roles_; }

  private:
    const index::LedgerView& view_;
    std::unordered_set<Txid> seen_;
    std::map<std::pair<Height, std::uint64_t>, std::pair<TxId, Role>> roles_;
};

Expected<void> add_paths(const std::vector<PolicyTrace>& traces, Wanted& wanted) {
    for (const PolicyTrace& traced : traces) {
        for (const TracedPayout& payout : traced.trace.payouts)
            TRY(wanted.add(payout.coin.tx.txid, Role::path));
        for (const Arrival& arrival : traced.trace.reached)
            for (const PathStep& step : arrival.path)
                TRY(wanted.add(step.output.tx.txid, Role::path));
    }
    return {};
}

Expected<std::size_t> add_steps(const std::vector<PolicyTrace>& traces,
                                std::size_t transactions_max,
                                Wanted& wanted) {
    std::unordered_set<Txid> left_out;
    const auto add = [&](const Txid& txid) -> Expected<void> {
        if (wanted.size() < transactions_max) return wanted.add(txid, Role::step);
        left_out.insert(txid);
        return {};
    };
    for (const PolicyTrace& traced : traces) {
        for (const Step& step : traced.trace.steps) TRY(add(step.tx.txid));
    }
    return left_out.size();
}

Json branch_json(const MerkleProof& proof) {
    Json branch = Json::array();
    for (const Sha256Hash& sibling : proof.siblings) branch.push_back(text(sibling));
    return branch;
}

Json header_json(Height height, const BlockHash& hash, const BlockHeader& header) {
    return {{"height", height.value},  // raw: printed
            {"hash", text(hash)},
            {"raw", to_hex(encode(header))}};
}

}  // namespace

Expected<Proofs> proofs_of(const index::LedgerView& view,
                           index::RawBlocks& raw,
                           const std::vector<PolicyTrace>& traces,
                           std::size_t transactions_max) {
    Wanted wanted(view);
    TRY(add_paths(traces, wanted));
    if (wanted.size() > transactions_max)
        return fail(ErrorCode::limit, "the paths alone have " + std::to_string(wanted.size()) +
                                          " transactions; raise --max-proofs or ask for less");
    Proofs proofs;
    proofs.left_out = TRY(add_steps(traces, transactions_max, wanted));
    TRY(wanted.add_parents());

    std::vector<Txid> block_txids;
    std::optional<Height> at;
    for (const auto& [place, one] : wanted.by_place()) {
        const auto& [height, index] = place;
        const Block& block = *TRY(raw.block(view, height));
        const index::TxRecord tx = TRY(view.tx(one.first));
        const Transaction& found = *TRY(raw.transaction(view, tx));
        if (at != height) {
            at = height;
            block_txids.clear();
            for (const Transaction& each : block.transactions) block_txids.push_back(each.txid);
            proofs.headers.push_back(header_json(height, block.hash, block.header));
        }
        proofs.transactions.push_back(
            {{"txid", text(found.txid)},
             {"role", name(one.second)},
             {"height", height.value},  // raw: printed
             {"index", index},
             {"raw", to_hex(encode(found, Serialise::with_witness))},
             {"branch",
              branch_json(merkle_proof(block_txids, static_cast<std::uint32_t>(index)))}});
    }
    // Its time says how far the answer reaches.
    const Height tip = view.as_of().height;
    if (at != tip) {
        const index::BlockRow block = TRY(view.block(tip));
        proofs.headers.push_back(header_json(tip, block.hash, block.header));
    }
    return proofs;
}

}  // namespace wagetrail::report
