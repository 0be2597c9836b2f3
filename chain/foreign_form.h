// Texts that are no address of the ledger they were given for: what they are instead, as far as
// their form tells, so that an error can say it. Nothing here accepts anything.
#pragma once

#include "chain/base/bytes.h"

#include <string>
#include <string_view>

namespace wagetrail {

/// Whose bech32 addresses have this prefix: "ltc", "btc testnet or signet"; empty when unknown.
[[nodiscard]] std::string bech32_owner(std::string_view prefix);

/// Whose base58check address this is, by version byte and length; empty when unknown.
[[nodiscard]] std::string base58_owner(ByteView decoded);

/// True for the private keys that wallets export (WIF) and for extended private keys.
[[nodiscard]] bool is_private_key(ByteView base58_decoded);

/// A phrase such as "an EVM address" for a text recognised by its shape alone; empty when unknown.
[[nodiscard]] std::string_view form_of(std::string_view text);

}  // namespace wagetrail
