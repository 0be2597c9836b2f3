#include "index/revert.h"

#include "chain/base/sha256.h"

#include <set>

namespace wagetrail::index {
namespace {

/// Every key of one family from first until end (exclusive).
Expected<void> erase_range(
    const ReadHandle& reader, Family family, const Bytes& first, const Bytes& end, Batch& batch) {
    Cursor rows = reader.cursor(family, Scan::whole);
    for (rows.seek(first); rows.valid(); rows.next()) {
        Bytes key = to_bytes(rows.key());
        if (key >= end) break;
        batch.erase(family, std::move(key));
    }
    return rows.status();
}

Expected<void> erase_transactions(const LedgerView& view, const BlockRow& block, Batch& batch) {
    const auto txids = TRY(view.txids(block));
    for (std::size_t i = 0; i < txids.size(); ++i)
        batch.erase(Family::txid_hash, hash_key(txids[i], block.first_tx.next(i)));
    for (const Family family : {Family::tx, Family::txids})
        TRY(erase_range(view.reader(), family, id_key(block.first_tx), id_key(block.end_tx()),
                        batch));
    return {};
}

/// Addresses and `spent` buckets the block touched.
struct Touched {
    std::set<AddrId> addresses;
    std::set<Bytes> buckets;
};

Expected<Touched> touched_by(const LedgerView& view, const BlockRow& block) {
    Touched touched;
    for (TxId id = block.first_tx; id < block.end_tx(); id = id.next()) {
        const TxRecord tx = TRY(view.tx(id));
        for (const OutputRecord& out : TRY(view.outputs(tx))) touched.addresses.insert(out.address);
        for (const OutId spent : TRY(view.inputs(tx))) {
            touched.addresses.insert(TRY(view.output(spent)).address);
            touched.buckets.insert(spent_prefix(spent));
        }
    }
    return touched;
}

Expected<void> erase_addresses(const LedgerView& view, const BlockRow& block, Batch& batch) {
    for (AddrId id = block.first_addr; id < block.end_addr(); id = id.next())
        batch.erase(Family::addr_hash, hash_key(sha256(script_of(TRY(view.address(id)))), id));
    return erase_range(view.reader(), Family::addr, id_key(block.first_addr),
                       id_key(block.end_addr()), batch);
}

}  // namespace

Expected<Batch> deletions_of_tip(const LedgerView& view) {
    const Height height = view.as_of().height;
    const BlockRow block = TRY(view.block(height));
    Batch batch;
    batch.erase(Family::meta, tip_key(height));
    batch.erase(Family::blocks, height_key(height));
    batch.erase(Family::block_hash, hash_key(block.hash, height));
    batch.erase(Family::source_pos, height_key(height));
    TRY(erase_transactions(view, block, batch));
    TRY(erase_addresses(view, block, batch));
    const ReadHandle& reader = view.reader();
    TRY(erase_range(reader, Family::out, id_key(block.first_out), id_key(block.end_out()), batch));
    TRY(erase_range(reader, Family::in, id_key(block.first_in), id_key(block.end_in()), batch));
    const Touched touched = TRY(touched_by(view, block));
    for (const AddrId id : touched.addresses)
        TRY(erase_range(reader, Family::history, history_key(id, block.first_tx),
                        history_key(id, block.end_tx()), batch));
    for (const Bytes& bucket : touched.buckets) {
        Bytes first = bucket;
        Bytes end = bucket;
        append(first, id_key(block.first_tx));
        append(end, id_key(block.end_tx()));
        TRY(erase_range(reader, Family::spent, first, end, batch));
    }
    return batch;
}

}  // namespace wagetrail::index
