// Base58 and Base58Check: the text form of legacy addresses, extended keys and private keys.
#pragma once

#include "chain/base/bytes.h"
#include "chain/base/expected.h"

#include <optional>
#include <string>
#include <string_view>

namespace wagetrail {

/// Longer texts are refused: decoding costs the square of the length, and an extended key has 111.
constexpr std::size_t kMaxBase58Text = 128;

[[nodiscard]] std::string encode_base58(ByteView bytes);
/// nullopt for a character outside the alphabet and beyond kMaxBase58Text.
[[nodiscard]] std::optional<Bytes> decode_base58(std::string_view text);

/// Index of the first character outside the alphabet, or npos.
[[nodiscard]] std::size_t first_not_base58(std::string_view text);

/// With the first four bytes of SHA256d(bytes) behind.
[[nodiscard]] std::string encode_base58check(ByteView bytes);
/// The bytes without their checksum; nullopt as above and when the checksum does not fit.
[[nodiscard]] std::optional<Bytes> decode_base58check(std::string_view text);

}  // namespace wagetrail
