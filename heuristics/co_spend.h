// Which inputs of a transaction speak for one owner: HEURISTICS.md "co-spend". Pure.
#pragma once

#include "chain/address.h"
#include "chain/bitcoin/transaction.h"

namespace wagetrail {

/// Does this input carry a signature that commits to all inputs beside it? False for outputs that
/// anyone can spend, future witness versions, and signatures with ANYONECANPAY alone: others may
/// have put such an input there.
[[nodiscard]] bool vouches_for_all_inputs(const TxIn& in, const Address& spent);

}  // namespace wagetrail
