// The ledgers we read: one table of the parameters in which the Bitcoin family differs. A ledger
// stands here only when real blocks of it pass the tests.
#pragma once

#include "chain/base/ids.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wagetrail {

enum class LedgerId : std::uint8_t { btc, btc_regtest, ltc, ltc_regtest };

struct LedgerParams {
    LedgerId id;
    std::string_view name;              // as users type it: "btc", "ltc-regtest"
    std::string_view symbol;            // of the coin: "BTC"
    unsigned decimals;                  // base units per coin = 10^decimals
    std::array<std::uint8_t, 4> magic;  // before each block record in blk files
    std::uint8_t p2pkh_prefix;          // base58check version bytes
    std::uint8_t p2sh_prefix;
    std::optional<std::uint8_t> p2sh_prefix_old;  // still accepted on input: Litecoin's "3..."
    std::string_view hrp;                         // bech32 human-readable part
    std::array<std::uint8_t, 4> xpub_version;     // BIP32 public
    std::string_view genesis;                     // block hash as explorers print it
    bool mweb;                                    // Litecoin's extension block may follow (LIP3)
};

[[nodiscard]] std::span<const LedgerParams> all_ledgers();
[[nodiscard]] const LedgerParams& params(LedgerId id);
/// invalid, with the list of known ledgers, for any other name.
[[nodiscard]] Expected<LedgerId> parse_ledger(std::string_view name);
[[nodiscard]] BlockHash genesis_hash(const LedgerParams& ledger);

}  // namespace wagetrail
