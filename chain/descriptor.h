// Output descriptors (BIP380-386) and extended public keys (BIP32), as a way to name many
// addresses at once: pkh(), wpkh(), sh(wpkh()), tr(KEY), pk(), combo(), addr(), raw() over hex keys
// or xpub/ypub/zpub/tpub.../<ranges>; a bare xpub means its receive (0) and change (1) chains in
// all of pkh, sh(wpkh), wpkh, tr. Optional #checksum is verified.
#pragma once

#include "chain/address.h"

#include <string_view>
#include <vector>

namespace wagetrail {

/// True when the text looks like a descriptor or an extended key (so that errors speak of those).
[[nodiscard]] bool looks_like_descriptor(std::string_view text);

/// The addresses at indexes [0, range_end) of each chain (one address when not ranged), in order of
/// chain, index, form, without repeats. range_end is capped at 100,000: limit beyond it. Private
/// keys (xprv, WIF) are refused with the advice to use the public part.
[[nodiscard]] Expected<std::vector<Address>> expand_descriptor(LedgerId ledger,
                                                               std::string_view text,
                                                               std::uint32_t range_end);

}  // namespace wagetrail
