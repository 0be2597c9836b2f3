#include "heuristics/address_life.h"

namespace wagetrail {

Expected<AddressFlow> flow_of(const index::LedgerView& view,
                              AddrId address,
                              const index::TxRecord& tx) {
    AddressFlow flow;
    for (const index::OutputRecord& out : TRY(view.outputs(tx)))
        if (out.address == address) flow.received += out.amount;
    for (const OutId spent : TRY(view.inputs(tx))) {
        const index::OutputRecord out = TRY(view.output(spent));
        if (out.address == address) flow.sent += out.amount;
    }
    return flow;
}

Expected<index::Posting> last_posting(const index::LedgerView& view, AddrId id) {
    index::Cursor rows = view.reader().cursor(index::Family::history, index::Scan::within_prefix);
    rows.seek_back(index::history_key(id, TxId(view.end_tx().value - 1)));  // raw: last id
    TRY(rows.status());
    if (!rows.valid()) return fail(ErrorCode::corrupt, "an address without history");
    const auto row = TRY(index::HistoryRow::decoded(rows.key(), rows.value()));
    return row.postings.back();
}

}  // namespace wagetrail
