// SHA-256 and its Bitcoin combinations, by OpenSSL (which takes the SHA-NI path where the processor
// has it).
#pragma once

#include "chain/base/ids.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace wagetrail {

/// Incremental SHA-256 (FIPS 180-4). Reusable after finish().
class Sha256 {
  public:
    Sha256();
    Sha256& update(ByteView bytes);
    [[nodiscard]] std::array<std::uint8_t, 32> finish();
    /// SHA-256 of the SHA-256.
    [[nodiscard]] std::array<std::uint8_t, 32> finish_double();

  private:
    alignas(8) std::array<std::byte, 112> state_;
};

[[nodiscard]] Sha256Hash sha256(ByteView bytes);
/// Of a text, as 64 hexadecimal digits in memory order, which is how files are named by their hash.
[[nodiscard]] std::string sha256_hex(std::string_view text);
[[nodiscard]] std::array<std::uint8_t, 32> sha256d(ByteView bytes);
/// RIPEMD-160 of SHA-256: the payload of P2PKH, P2SH and P2WPKH.
[[nodiscard]] std::array<std::uint8_t, 20> hash160(ByteView bytes);
/// BIP340: SHA256(SHA256(tag) || SHA256(tag) || bytes).
[[nodiscard]] Sha256Hash tagged_hash(std::string_view tag, ByteView bytes);

}  // namespace wagetrail
