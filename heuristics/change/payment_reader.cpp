#include "heuristics/change/payment_reader.h"

#include "chain/script.h"

#include <algorithm>

namespace wagetrail {
namespace {

bool can_be_spent(const Address& address) {
    return address.kind != AddressKind::op_return && address.payload.size() <= kMaxScriptSize;
}

}  // namespace

Expected<Payment> PaymentReader::read(const index::TxRecord& tx) {
    Payment payment = TRY(read_sides(tx));
    TRY(add_fates(tx, payment));
    return payment;
}

Expected<Payment> PaymentReader::read_sides(const index::TxRecord& tx) {
    Payment payment{.tx = tx.id, .flags = tx.entry.flags, .fee = tx.entry.fee};
    payment.is_coinjoin = is_coinjoin(TRY(clusters_->class_of(tx.id)));
    for (const OutId spent : TRY(view_->inputs(tx))) {
        const index::OutputRecord out = TRY(view_->output(spent));
        payment.inputs.push_back({.address = out.address,
                                  .kind = TRY(view_->address(out.address)).kind,
                                  .amount = out.amount});
    }
    OutIndex vout(0);
    for (const index::OutputRecord& out : TRY(view_->outputs(tx))) {
        const Address address = TRY(view_->address(out.address));
        if (can_be_spent(address))
            payment.outputs.push_back(
                {.vout = vout, .address = out.address, .kind = address.kind, .amount = out.amount});
        else
            payment.has_data = true;
        vout = vout.next();
    }
    return payment;
}

Expected<void> PaymentReader::add_fates(const index::TxRecord& tx, Payment& payment) {
    const auto is_peel = [](const index::TxRecord& other) {
        return other.entry.in_count == 1 && other.entry.out_count == 2;
    };
    if (tx.entry.in_count == 1)
        payment.follows_peel = is_peel(TRY(view_->tx_of(TRY(view_->inputs(tx)).front())));
    if (prices_ != nullptr)
        payment.cents_per_coin = prices_->cents_at(Time{TRY(view_->block(tx.height)).header.time});
    for (PaymentOutput& out : payment.outputs) {
        TRY(add_address_facts(tx.id, out));
        const bool repeated = std::count_if(payment.outputs.begin(), payment.outputs.end(),
                                            [&](const PaymentOutput& other) {
                                                return other.address == out.address;
                                            }) > 1;
        if (repeated) out.is_new = out.is_paid_once = false;
        const OutId id = tx.first_out.next(out.vout.value);  // raw: place in the transaction
        const auto spend = TRY(view_->spender(id));
        if (!spend) continue;
        const index::TxRecord spender = TRY(view_->tx(spend->tx));
        out.spender = SpendingTx{.id = spender.id,
                                 .flags = spender.entry.flags,
                                 .inputs = spender.entry.in_count,
                                 .outputs = spender.entry.out_count};
    }
    return {};
}

Expected<void> PaymentReader::add_address_facts(TxId tx, PaymentOutput& out) {
    // Receives and spends of one output fill two postings: a third one is a second receipt.
    constexpr std::size_t kEnough = 3;
    const index::HistoryPage page = TRY(view_->history(out.address, TxId(0), kEnough));
    out.is_new = !page.postings.empty() && page.postings.front().tx == tx;
    const auto receipts = std::count_if(page.postings.begin(), page.postings.end(),
                                        [](const index::Posting& posting) { return posting.pays; });
    out.is_paid_once = out.is_new && receipts == 1;
    return {};
}

}  // namespace wagetrail
