// FollowTheMoney entities as OpenSanctions publishes them ("entities.ftm.json": a JSON object on
// each line): crypto wallets become tags, named after their holders where these stand in the same
// file. https://www.opensanctions.org/reference/ (schema CryptoWallet: publicKey, currency, holder,
// topics).
#pragma once

#include "index/labels/tag_pack.h"

#include <string_view>

namespace wagetrail::labels {

/// Whether a text is of that form rather than a pack in YAML.
[[nodiscard]] bool looks_like_ftm(std::string_view text);

/// A pack of kind tags; each keeps its entity, whole, in the field "ftm" of its body. Other
/// entities than wallets and their holders are left out. invalid, with the line: no JSON object, or
/// no entity.
Expected<TagPack> read_ftm(std::string_view text);

}  // namespace wagetrail::labels
