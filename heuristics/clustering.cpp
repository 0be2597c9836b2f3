#include "heuristics/clustering.h"

#include "chain/script.h"

#include "heuristics/block_keys.h"
#include "heuristics/co_spend.h"
#include "heuristics/forest.h"
#include "heuristics/key_identity.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace wagetrail {

using index::AddressFinder;
using index::Batch;
using index::Family;
using index::ReadHandle;
using index::ResolvedBlock;

namespace {

// Bytes of an entry with its share of the hash table.
constexpr std::uint64_t kRootEntry = 64;
constexpr std::uint64_t kKeyEntry = 400;

/// One transaction of a resolved block with its part of the block's lists.
struct ResolvedTx {
    TxId id;
    const Transaction* tx = nullptr;
    std::size_t first_input = 0;                // among the block's, the coinbase's not counted
    std::span<const index::SpentOutput> spent;  // empty for a coinbase
    std::span<const AddrId> paid;
};

std::vector<ResolvedTx> transactions_of(const ResolvedBlock& block) {
    std::vector<ResolvedTx> list;
    list.reserve(block.block.transactions.size());
    std::span<const index::SpentOutput> spent(block.spent);
    std::span<const AddrId> paid(block.paid);
    TxId id = block.first.tx;
    for (const Transaction& tx : block.block.transactions) {
        const std::size_t inputs = tx.is_coinbase() ? 0 : tx.inputs.size();
        CHECK(inputs <= spent.size() && tx.outputs.size() <= paid.size());
        list.push_back({.id = id,
                        .tx = &tx,
                        .first_input = block.spent.size() - spent.size(),
                        .spent = spent.first(inputs),
                        .paid = paid.first(tx.outputs.size())});
        spent = spent.subspan(inputs);
        paid = paid.subspan(tx.outputs.size());
        id = id.next();
    }
    return list;
}

/// Outputs that nobody can spend are no part of a shape.
TxShape shape_of(const ResolvedTx& tx) {
    TxShape shape;
    shape.inputs.reserve(tx.spent.size());
    for (const index::SpentOutput& out : tx.spent)
        shape.inputs.push_back(
            {.address = out.address_id, .amount = out.amount, .kind = out.address.kind});
    shape.outputs.reserve(tx.paid.size());
    for (std::size_t i = 0; i < tx.paid.size(); ++i) {
        const TxOut& out = tx.tx->outputs[i];
        const AddressKind kind = match_template(out.script).kind;
        if (kind == AddressKind::op_return)
            ++shape.data_outputs;
        else if (out.script.size() <= kMaxScriptSize)
            shape.outputs.push_back({.address = tx.paid[i], .amount = out.amount, .kind = kind});
    }
    return shape;
}

/// Litecoin's HogEx spends the peg-ins of many people.
bool has_one_author(const ResolvedTx& tx) {
    return !tx.spent.empty() && !tx.tx->is_hogex;
}

/// Most transactions have one input, and no rule but Tx0's takes that.
bool may_have_class(const ResolvedTx& tx) {
    if (!has_one_author(tx) || tx.paid.size() < 2) return false;
    if (tx.spent.size() > 1) return true;
    return tx.paid.size() > 2 &&
           std::any_of(tx.tx->outputs.begin(), tx.tx->outputs.end(), [](const TxOut& out) {
               return !out.script.empty() && out.script[0] == kOpReturn;
           });
}

std::vector<TxClass> classes_of(const std::vector<ResolvedTx>& transactions,
                                const CoinjoinGates& gates,
                                Height height) {
    std::vector<TxClass> classes;
    classes.reserve(transactions.size());
    for (const ResolvedTx& tx : transactions)
        classes.push_back(may_have_class(tx) ? classify(shape_of(tx), gates, height).tx_class
                                             : TxClass::ordinary);
    return classes;
}

/// One row per chunk that holds a transaction with a finding.
std::vector<TxClassRow> class_rows(TxId first, const std::vector<TxClass>& classes) {
    std::vector<TxClassRow> rows;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        if (classes[i] == TxClass::ordinary) continue;
        const std::size_t chunk = i / index::kChunkTransactions;
        const TxId last =
            first.next(std::min((chunk + 1) * index::kChunkTransactions, classes.size()) - 1);
        if (rows.empty() || rows.back().last != last) rows.push_back({.last = last, .entries = {}});
        rows.back().entries.push_back({.tx = first.next(i), .tx_class = classes[i]});
    }
    return rows;
}

Expected<void> erase_merges(
    const ReadHandle& now, ClusterLevel level, TxId first, TxId end, Batch& batch) {
    index::Cursor rows = now.cursor(Family::cluster, index::Scan::whole);
    const Bytes stop = merge_key(level, {.tx = end, .sequence = 0});
    for (rows.seek(merge_key(level, {.tx = first, .sequence = 0})); rows.valid(); rows.next()) {
        if (!std::lexicographical_compare(rows.key().begin(), rows.key().end(), stop.begin(),
                                          stop.end()))
            break;
        const auto position = trailing_position(rows.key());
        const AddrId child = TRY(decoded_merge_value(rows.value()));
        const Bytes key = parent_key(level, child);
        const auto row = TRY(now.get(Family::cluster, key));
        if (!position || !row)
            return fail(ErrorCode::corrupt,
                        "the index has no parent row for a merge; run wagetrail doctor --deep");
        const ParentRow up = TRY(ParentRow::decoded(*row));
        batch.erase(Family::cluster, key);
        batch.erase(Family::cluster, child_key(level, up.parent, *position));
        batch.erase(Family::cluster, to_bytes(rows.key()));
    }
    return rows.status();
}

}  // namespace

class Clustering::Impl {
  public:
    /// Half for roots, most of the other half for the keys of the thread that meets most of them.
    Impl(LedgerId ledger, std::uint64_t memory_bytes)
        : forests_{Forest(ClusterLevel::l0, memory_bytes / 4 / kRootEntry),
                   Forest(ClusterLevel::l1, memory_bytes / 4 / kRootEntry)},
          forms_ahead_(ledger, memory_bytes * 7 / 16 / kKeyEntry),
          forms_(ledger, memory_bytes / 16 / kKeyEntry),
          gates_(coinjoin_gates(ledger)) {}

    std::unique_ptr<index::Hints> prepare(const SourceBlock& source) {
        return std::make_unique<BlockKeys>(source, forms_ahead_);
    }

    Expected<Batch> derive(const ResolvedBlock& block,
                           const ReadHandle& before,
                           const AddressFinder& find);
    Expected<Batch> revert(const ReadHandle& now, TxId first, TxId end);

  private:
    Expected<void> join_keys(const ResolvedTx& tx,
                             BlockKeys& keys,
                             const AddressFinder& find,
                             Batch& batch);
    Expected<void> join_inputs(const ResolvedTx& tx, Batch& batch);
    Expected<void> join_new_addresses(const ResolvedBlock& block,
                                      const ResolvedTx& tx,
                                      const AddressFinder& find,
                                      Batch& batch);
    Expected<void> join_new_address(
        AddrId id, const Address& address, TxId tx, const AddressFinder& find, Batch& batch);
    Expected<void> unite(AddrId a, AddrId b, MergeRule rule, TxId tx, Batch& batch);
    void forget();

    std::array<Forest, 2> forests_;  // by level
    KeyForms forms_ahead_;           // of the thread that reads ahead
    KeyForms forms_;                 // of this one
    CoinjoinGates gates_;
    std::optional<TxId> expected_first_;  // of the block that continues what is cached

    // Of the block at hand.
    Height height_;
    std::vector<std::optional<AddrId>> keys_done_;  // by number: the address that showed it first
    std::size_t new_addresses_done_ = 0;
};

Expected<void> Clustering::Impl::unite(AddrId a, AddrId b, MergeRule rule, TxId tx, Batch& batch) {
    // A level includes the levels below it.
    for (Forest& forest : forests_) TRY(forest.unite(a, b, rule, tx, batch));
    return {};
}

void Clustering::Impl::forget() {
    for (Forest& forest : forests_) forest.forget();
    expected_first_.reset();
}

/// The state of the chain answers the same for one key all through a block, so once is enough.
Expected<void> Clustering::Impl::join_keys(const ResolvedTx& tx,
                                           BlockKeys& keys,
                                           const AddressFinder& find,
                                           Batch& batch) {
    for (std::size_t i = 0; i < tx.spent.size(); ++i) {
        const std::uint32_t key =
            keys.revealed(tx.first_input + i, tx.tx->inputs[i], tx.spent[i].address, forms_);
        if (key == BlockKeys::kNone) continue;
        const AddrId spent = tx.spent[i].address_id;
        if (keys_done_.size() <= key) keys_done_.resize(keys.keys().size());
        if (const auto& done = keys_done_[key]) {
            TRY(unite(*done, spent, MergeRule::same_key, tx.id, batch));
            continue;
        }
        keys_done_[key] = spent;
        for (const Sha256Hash& script : keys.keys()[key].scripts()) {
            const auto other = TRY(find(script));
            if (other && *other != spent)
                TRY(unite(spent, *other, MergeRule::same_key, tx.id, batch));
        }
    }
    return {};
}

Expected<void> Clustering::Impl::join_inputs(const ResolvedTx& tx, Batch& batch) {
    if (!has_one_author(tx) || tx.spent.size() < 2) return {};
    std::optional<AddrId> first;
    for (std::size_t i = 0; i < tx.spent.size(); ++i) {
        if (!vouches_for_all_inputs(*tx.tx, InIndex(static_cast<std::uint32_t>(i)),
                                    tx.spent[i].address))
            continue;
        const AddrId id = tx.spent[i].address_id;
        if (!first)
            first = id;
        else
            TRY(forests_[1].unite(*first, id, MergeRule::co_spend, tx.id, batch));
    }
    return {};
}

Expected<void> Clustering::Impl::join_new_addresses(const ResolvedBlock& block,
                                                    const ResolvedTx& tx,
                                                    const AddressFinder& find,
                                                    Batch& batch) {
    for (const AddrId paid : tx.paid) {
        // New ids are given in the order of first payment.
        if (new_addresses_done_ == block.new_addresses.size()) break;
        const AddrId next = block.first.addr.next(new_addresses_done_);
        if (paid != next) continue;
        TRY(join_new_address(next, block.new_addresses[new_addresses_done_].address, tx.id, find,
                             batch));
        ++new_addresses_done_;
    }
    return {};
}

Expected<void> Clustering::Impl::join_new_address(
    AddrId id, const Address& address, TxId tx, const AddressFinder& find, Batch& batch) {
    const auto join_older = [&](const Sha256Hash& script, MergeRule rule) -> Expected<void> {
        const auto other = TRY(find(script));
        // A younger one finds this one when its turn comes.
        if (other && *other < id) TRY(unite(*other, id, rule, tx, batch));
        return {};
    };
    const auto key = address.kind == AddressKind::p2pk ? seen_key({}, address) : std::nullopt;
    if (key) {
        for (const Sha256Hash& script : forms_.of(*key, height_).scripts())
            TRY(join_older(script, MergeRule::same_key));
        return {};
    }
    for (const Address& twin : hash_twins(address))
        TRY(join_older(sha256(script_of(twin)), MergeRule::same_hash));
    return {};
}

Expected<Batch> Clustering::Impl::derive(const ResolvedBlock& block,
                                         const ReadHandle& before,
                                         const AddressFinder& find) {
    if (expected_first_ != block.first.tx) forget();
    expected_first_.reset();  // until this block is done
    keys_done_.clear();
    CHECK(block.hints != nullptr);  // by prepare(), below
    auto& keys = static_cast<BlockKeys&>(*block.hints);
    height_ = block.height;
    new_addresses_done_ = 0;
    for (Forest& forest : forests_) forest.begin(before, block.first.addr);

    Batch batch;
    const std::vector<ResolvedTx> transactions = transactions_of(block);
    const std::vector<TxClass> classes = classes_of(transactions, gates_, block.height);
    for (std::size_t i = 0; i < transactions.size(); ++i) {
        const ResolvedTx& tx = transactions[i];
        TRY(join_keys(tx, keys, find, batch));
        if (!is_coinjoin(classes[i])) TRY(join_inputs(tx, batch));
        TRY(join_new_addresses(block, tx, find, batch));
    }
    for (const TxClassRow& row : class_rows(block.first.tx, classes))
        batch.put(Family::tx_class, row.key(), row.encoded());

    for (Forest& forest : forests_) forest.end();
    expected_first_ = block.first.tx.next(transactions.size());
    return batch;
}

Expected<Batch> Clustering::Impl::revert(const ReadHandle& now, TxId first, TxId end) {
    forget();
    Batch batch;
    for (const ClusterLevel level : {ClusterLevel::l0, ClusterLevel::l1})
        TRY(erase_merges(now, level, first, end, batch));
    index::Cursor rows = now.cursor(Family::tx_class, index::Scan::whole);
    for (rows.seek(index::id_key(first)); rows.valid(); rows.next()) {
        if (TRY(TxClassRow::decoded(rows.key(), rows.value())).last >= end) break;
        batch.erase(Family::tx_class, to_bytes(rows.key()));
    }
    TRY(rows.status());
    return batch;
}

Clustering::Clustering(LedgerId ledger, std::uint64_t memory_bytes)
    : impl_(std::make_unique<Impl>(ledger, memory_bytes)) {}
Clustering::~Clustering() = default;

index::Derivation Clustering::derivation() {
    return {
        .version = std::string(kClusteringVersion),
        .prepare = [this](const SourceBlock& source) { return impl_->prepare(source); },
        .derive = [this](const ResolvedBlock& block, const ReadHandle& before,
                         const AddressFinder& find) { return impl_->derive(block, before, find); },
        .revert = [this](const ReadHandle& now, TxId first,
                         TxId end) { return impl_->revert(now, first, end); }};
}

}  // namespace wagetrail
