#include "index/resolve.h"

namespace wagetrail::index {
namespace {

// Bytes of one entry with its share of the hash table, measured with 20- and 32-byte payloads.
constexpr std::uint64_t kOutputEntry = 240;
constexpr std::uint64_t kAddressEntry = 72;
constexpr std::uint64_t kTotalsEntry = 64;

}  // namespace

Resolver::Resolver(const Database& database, LedgerId ledger, std::uint64_t memory_bytes)
    : database_(database),
      ledger_(ledger),
      outputs_(memory_bytes / 2 / kOutputEntry),
      addresses_(memory_bytes / 4 / kAddressEntry),
      totals_(memory_bytes / 4 / kTotalsEntry) {}

Expected<ResolvedBlock> Resolver::resolve(PreparedBlock prepared, NextIds first) {
    is_first_ = first.tx == TxId(0);
    view_.reset();
    new_addresses_.clear();
    own_outputs_.clear();
    ResolvedBlock resolved{.height = prepared.source.height,
                           .block = std::move(prepared.source.block),
                           .position = prepared.source.position,
                           .first = first,
                           .spent = {},
                           .paid = {},
                           .new_addresses = {},
                           .totals_before = {},
                           .hints = std::move(prepared.hints)};
    // Outputs first: on some ledgers a child may stand before its parent in the block.
    TRY(resolve_outputs(prepared, resolved));
    TRY(resolve_inputs(resolved));
    TRY(resolve_totals(resolved));
    return resolved;
}

/// nullptr when the database is empty, or nothing but the block before this one is on its way
/// there.
Expected<LedgerView*> Resolver::view() {
    if (is_first_) return nullptr;
    if (view_) return &*view_;
    auto opened = LedgerView::open(database_.latest(), ledger_);
    if (!opened && opened.error().code == ErrorCode::not_found) return nullptr;
    view_ = TRY(std::move(opened));
    return &*view_;
}

Expected<std::optional<AddrId>> Resolver::find(const Sha256Hash& script_hash) {
    if (const auto own = new_addresses_.find(script_hash); own != new_addresses_.end())
        return std::optional(own->second);
    if (const AddrId* known = addresses_.find(script_hash)) return std::optional(*known);
    LedgerView* const stored = TRY(view());
    if (stored == nullptr) return std::optional<AddrId>();
    const auto id = TRY(stored->find_script(script_hash));
    if (id) addresses_.put(script_hash, *id);
    return id;
}

Expected<void> Resolver::resolve_outputs(PreparedBlock& prepared, ResolvedBlock& resolved) {
    auto output = prepared.outputs.begin();
    for (const Transaction& tx : resolved.block.transactions) {
        for (std::uint32_t vout = 0; vout < tx.outputs.size(); ++vout, ++output) {
            auto id = TRY(find(output->script_hash));
            if (!id) {
                id = resolved.first.addr.next(resolved.new_addresses.size());
                resolved.new_addresses.push_back(*output);
                new_addresses_.emplace(output->script_hash, *id);
            }
            own_outputs_.insert_or_assign(
                OutPoint{tx.txid, OutIndex(vout)},
                SpentOutput{resolved.first.out.next(resolved.paid.size()), *id,
                            tx.outputs[vout].amount, std::move(output->address)});
            resolved.paid.push_back(*id);
        }
    }
    return {};
}

Expected<void> Resolver::resolve_inputs(ResolvedBlock& resolved) {
    for (const Transaction& tx : resolved.block.transactions) {
        if (tx.is_coinbase()) continue;
        for (const TxIn& in : tx.inputs) {
            auto output = find_output(in.prevout);
            if (!output)
                return with_context(std::move(output).error(),
                                    "block " + text(resolved.block.hash) + " at height " +
                                        text(resolved.height) + ", transaction " + text(tx.txid));
            resolved.spent.push_back(*std::move(output));
        }
    }
    return {};
}

Expected<SpentOutput> Resolver::find_output(const OutPoint& out) {
    if (const auto own = own_outputs_.find(out); own != own_outputs_.end()) return own->second;
    if (const SpentOutput* known = outputs_.find(out)) return *known;
    const auto absent = [&] {
        return fail(ErrorCode::corrupt,
                    "it spends output " + text(out.txid) + ":" + text(out.vout) +
                        ", which is not in the index; run wagetrail doctor --deep");
    };
    LedgerView* const stored = TRY(view());
    if (stored == nullptr) return absent();
    const auto tx_id = TRY(stored->find_tx(out.txid));
    if (!tx_id) return absent();
    const auto outputs = TRY(stored->outputs(TRY(stored->tx(*tx_id))));
    // raw: vout is the place in the list of outputs
    if (out.vout.value >= outputs.size()) return absent();
    const OutputRecord& record = outputs[out.vout.value];
    return SpentOutput{record.id, record.address, record.amount,
                       TRY(stored->address(record.address))};
}

Expected<void> Resolver::resolve_totals(ResolvedBlock& resolved) {
    const auto need = [&](AddrId id) -> Expected<void> {
        if (id >= resolved.first.addr || resolved.totals_before.contains(id)) return {};
        const Totals* known = totals_.find(id);
        LedgerView* const stored = known != nullptr ? nullptr : TRY(view());
        CHECK(known != nullptr || stored != nullptr);
        resolved.totals_before.emplace(id, known != nullptr ? *known : TRY(stored->totals(id)));
        return {};
    };
    for (const SpentOutput& spent : resolved.spent) TRY(need(spent.address_id));
    for (const AddrId id : resolved.paid) TRY(need(id));
    return {};
}

void Resolver::remember(const ResolvedBlock& resolved, const BlockRows& rows) {
    outputs_.make_room();
    addresses_.make_room();
    totals_.make_room();
    for (const auto& [script_hash, id] : new_addresses_) addresses_.put(script_hash, id);
    for (auto& [out, output] : own_outputs_) outputs_.put(out, std::move(output));
    for (const Transaction& tx : resolved.block.transactions)
        for (const TxIn& in : tx.inputs) outputs_.erase(in.prevout);
    for (const auto& [id, totals] : rows.totals_after) totals_.put(id, totals);
    own_outputs_.clear();
    new_addresses_.clear();
    view_.reset();
}

void Resolver::forget() {
    outputs_.clear();
    addresses_.clear();
    totals_.clear();
    own_outputs_.clear();
    new_addresses_.clear();
    view_.reset();
}

}  // namespace wagetrail::index
