// Signatures under answers: BIP340 over the 32 bytes of the result_id, which is the SHA-256 of the
// answer's canonical JSON. They stand in the envelope beside the result_id, outside of what it
// hashes: {"signature": {"scheme": "BIP340", "key": ..., "value": ...}}. For every report that is
// signed.
#pragma once

#include "chain/base/expected.h"
#include "chain/signature.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace wagetrail::report {

/// The envelope (as sealed() made it) with the signature in it.
[[nodiscard]] std::string signed_envelope(const std::string& envelope, const SigningKey& key);

/// What a signed envelope proves once its signature holds.
struct Verified {
    std::string result_id;
    SignerKey signer;
};

/// invalid, with what is wrong: no JSON of ours, bytes that are not canonical, a result_id that is
/// not the hash, no signature, one of another key than the one given, or one that does not hold.
Expected<Verified> verify_envelope(std::string_view envelope, const SignerKey& signer);

}  // namespace wagetrail::report
