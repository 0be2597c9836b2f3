// Keccak-256 as Ethereum, Tron and Monero use it: the padding of the submission (0x01), not that of
// SHA3-256 (0x06), so OpenSSL's SHA3 is another function.
#pragma once

#include "chain/base/bytes.h"

#include <array>
#include <cstdint>

namespace wagetrail {

[[nodiscard]] std::array<std::uint8_t, 32> keccak256(ByteView bytes);

}  // namespace wagetrail
