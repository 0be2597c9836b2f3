// Which inputs of a transaction speak for one owner: HEURISTICS.md "co_spend". Pure.
#pragma once

#include "chain/address.h"
#include "chain/bitcoin/transaction.h"

namespace wagetrail {

/// Does input vin, which must exist, carry a signature that commits to all inputs beside it? False
/// for outputs that anyone can spend, future witness versions, and signatures that commit to less
/// (ANYONECANPAY, and SINGLE without an output of that number before SegWit): others may have put
/// such an input there.
[[nodiscard]] bool vouches_for_all_inputs(const Transaction& tx, InIndex vin, const Address& spent);

}  // namespace wagetrail
