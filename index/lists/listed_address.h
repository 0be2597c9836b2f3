// Which address a list means by a string. The ledger comes from the string itself: what the list
// says about it (a ticker) is a claim, often an asset that lives on several ledgers and sometimes
// wrong.
//
// Strings of ledgers we read become Addresses, one for each ledger in which the string is valid:
// "3..." is both a Bitcoin and an old Litecoin address, "m..." belongs to every regtest ledger, and
// the same keys control all of them. Others are kept as text in a normal form, by family:
//   evm       lower-case hexadecimal; capitals (EIP-55) are checked by lint, not asked for here
//   tron zec dash btg xrp doge+xvg   base58check; one version byte serves Dogecoin and Verge
//   bch       CashAddr in lower case without "bitcoincash:", checksum verified
//   xmr       checksum verified
//   sol       by shape
// A string of no known form is kept as it stands, with an empty family - unless it becomes one when
// letters that only look like Latin are replaced (lookalike.h): then it is that address, repaired.
#pragma once

#include "chain/address.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wagetrail::lists {

struct ListedAddress {
    std::string family;             // "btc", "btc+ltc", "evm"; empty: no form we know
    std::string key;                // equal for two spellings of one address, different otherwise
    std::vector<Address> readings;  // in the order of all_ledgers()
    bool repaired = false;          // it had letters that only look like its own
};

[[nodiscard]] ListedAddress recognise(std::string_view text);

/// recognise(), once per text.
class RecognisedTexts {
  public:
    const ListedAddress& of(const std::string& text);

  private:
    std::unordered_map<std::string, ListedAddress> by_text_;
};

/// False when a list that claims this ticker cannot mean an address of this family. Unknown tickers
/// and families contradict nothing. Names of ledgers count as tickers too.
[[nodiscard]] bool plausible(std::string_view ticker, const ListedAddress& address);

}  // namespace wagetrail::lists
