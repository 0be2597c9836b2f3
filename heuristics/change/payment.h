// A transaction as the change rules see it: who paid, what each output is worth, and what became
// of it. A plain value: read_payment.h fills it from an index, tests write it down.
#pragma once

#include "chain/address.h"
#include "chain/base/amount.h"
#include "chain/base/ids.h"

#include "index/rows.h"

#include <optional>
#include <vector>

namespace wagetrail {

struct PaymentInput {
    AddrId address;
    AddressKind kind = AddressKind::nonstandard;
    Amount amount;
};

/// The transaction that spends an output.
struct SpendingTx {
    TxId id;
    index::TxFlags flags;
    std::uint64_t inputs = 0;
    std::uint64_t outputs = 0;  // those that cannot be spent included
};

struct PaymentOutput {
    OutIndex vout;
    AddrId address;
    AddressKind kind = AddressKind::nonstandard;
    Amount amount;
    bool is_new = false;        // its address was never on the chain before, and is here once
    bool is_paid_once = false;  // and it never received anything again as of the view
    std::optional<SpendingTx> spender;  // nullopt: unspent as of the view
};

struct Payment {
    TxId tx;
    index::TxFlags flags;
    Amount fee;
    bool is_coinjoin = false;
    bool has_data = false;      // some output cannot be spent
    bool follows_peel = false;  // some input comes from a transaction of one input and two outputs
    std::optional<std::uint64_t> cents_per_coin;  // US cents on its day; nullopt: not known
    std::vector<PaymentInput> inputs;
    std::vector<PaymentOutput> outputs;  // that can be spent, in order
};

}  // namespace wagetrail
