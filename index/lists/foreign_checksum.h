// Checksums of addresses on ledgers that we do not index: enough to say that a list mistyped one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wagetrail::lists {

/// EIP-55: the spelling whose capitals are the checksum. text: "0x" and 40 hexadecimal digits.
[[nodiscard]] std::string eip55(std::string_view text);

enum class CapitalsCheck : std::uint8_t {
    none,  // all letters in one case: there is no checksum
    right,
    wrong,
};
[[nodiscard]] CapitalsCheck check_capitals(std::string_view text);

/// CashAddr, in lower case, without its prefix "bitcoincash:".
[[nodiscard]] bool cash_checksum_holds(std::string_view text);

/// Monero: base58 in blocks, the last four bytes are a Keccak-256 of the others.
[[nodiscard]] bool monero_checksum_holds(std::string_view text);

}  // namespace wagetrail::lists
