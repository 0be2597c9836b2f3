// One row of a table of payouts, read but not yet looked for on a chain.
#pragma once

#include "chain/address.h"
#include "chain/base/amount.h"
#include "chain/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail {

struct PayoutRow {
    std::uint64_t line = 0;
    std::string payee;  // "line 7" when the table names none
    std::string chain;  // as written; empty when the table names none
    std::optional<Txid> txid;
    std::optional<std::uint64_t> vout;
    std::optional<Address> address;
    std::optional<Amount> amount;  // only of the ledger's own coin
    std::string amount_text;       // as written, of any currency
    std::string other_currency;    // as written, of an amount that is not in coins; else empty
    std::optional<Time> pay_date;
};

/// Every row, in order. invalid, with the line, for a malformed one; rows of another chain keep
/// only line, payee and chain.
[[nodiscard]] Expected<std::vector<PayoutRow>> parse_payout_rows(LedgerId ledger,
                                                                 std::string_view csv);

/// True when the chain column means this ledger: its name, or the coin's symbol.
[[nodiscard]] bool names_ledger(LedgerId ledger, std::string_view chain);

}  // namespace wagetrail
