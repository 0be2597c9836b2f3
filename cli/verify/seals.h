// Hashes and signature over the whole: that nothing in the document was changed since somebody with
// the key signed it. They say nothing of whether it was true then.
#pragma once

#include "chain/signature.h"

#include "cli/verify/bundle.h"

#include <optional>
#include <string>

namespace wagetrail::verifier {

/// result_id of the bundle, of the answer in it, and the SHA-256 of the enclosed files.
[[nodiscard]] Expected<std::string> check_hashes(const Json& document, const Bundle& bundle);

[[nodiscard]] bool is_signed(const Json& document);

/// key: who must have signed; nullopt: whoever says so, which proves nothing but is told.
[[nodiscard]] Expected<std::string> check_signature(const Json& document,
                                                    const std::optional<SignerKey>& key);

}  // namespace wagetrail::verifier
