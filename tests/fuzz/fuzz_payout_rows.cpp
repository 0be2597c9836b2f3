// Any bytes as a table of payouts. Rows that come out can be looked for: they name a transaction,
// or an address and a day, or belong to another ledger.
#include "chain/base/expected.h"

#include "heuristics/trace/payout_row.h"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto rows = wagetrail::parse_payout_rows(wagetrail::LedgerId::btc, text);
    if (!rows) return 0;
    for (const wagetrail::PayoutRow& row : *rows) {
        const bool elsewhere =
            !row.chain.empty() && !wagetrail::names_ledger(wagetrail::LedgerId::btc, row.chain);
        CHECK(elsewhere || row.txid || (row.address && row.pay_date));
        CHECK(!row.payee.empty() && row.line > 1);
    }
    return 0;
}
