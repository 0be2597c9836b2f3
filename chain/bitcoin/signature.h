// ECDSA signatures as scripts carry them: DER, then one byte of hash type. Before BIP66 (2015) the
// chain took whatever OpenSSL took, so what is read here is a superset of DER.
#pragma once

#include "chain/base/bytes.h"

#include <cstdint>
#include <optional>

namespace wagetrail {

/// The hash type of an ECDSA signature; nullopt when the item is none. Taken besides strict DER:
/// numbers with too many or too few leading zeros, lengths in long form, a wrong length of the
/// whole, bytes between the numbers and the hash type. Not taken: a number that is zero or beyond
/// 32 bytes, which no verifier accepts.
[[nodiscard]] std::optional<std::uint8_t> ecdsa_hash_type(ByteView item);

}  // namespace wagetrail
