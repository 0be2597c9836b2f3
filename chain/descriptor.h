// Output descriptors (BIP380 to BIP386, BIP389) and extended public keys (BIP32), as a way to name
// many addresses at once: pk, pkh, wpkh, multi, sortedmulti, also inside sh, wsh and sh(wsh());
// tr(KEY) and rawtr(KEY) without script trees, combo, addr and raw. Keys are hexadecimal or
// extended (xpub, ypub, zpub, tpub, upub, vpub, Ltub, Mtub, ttub), with origin, path, a choice of
// steps <0;1> and a final *. A bare extended key means its receive (0) and change (1) chains in the
// forms that its prefix allows: pkh, sh(wpkh), wpkh and tr for xpub. A #checksum is verified.
#pragma once

#include "chain/address.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wagetrail {

constexpr std::uint32_t kMaxDescriptorRange = 100'000;

/// True when the text looks like a descriptor or an extended key (so that errors speak of those).
[[nodiscard]] bool looks_like_descriptor(std::string_view text);

/// The addresses at indexes [0, range_end) of each chain (one address when not ranged), in order of
/// chain, index, form, without repeats. limit when range_end is above kMaxDescriptorRange or the
/// whole takes more than a million derivations. Private keys (xprv, WIF) are refused with the
/// advice to use the public part. The error never repeats the text.
[[nodiscard]] Expected<std::vector<Address>> expand_descriptor(LedgerId ledger,
                                                               std::string_view text,
                                                               std::uint32_t range_end);

/// The eight characters behind "#" (BIP380); nullopt when a character cannot stand in a descriptor.
[[nodiscard]] std::optional<std::string> descriptor_checksum(std::string_view text);

}  // namespace wagetrail
