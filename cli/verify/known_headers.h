// Headers from elsewhere: a file of block headers that the user trusts, so that the blocks of a
// bundle are held against the chain that nodes agree on. One header of 160 hexadecimal digits on
// each line, as `getblockheader HASH false` of a node prints them, each following the one before.
#pragma once

#include "cli/verify/proven.h"

#include <string>
#include <string_view>

namespace wagetrail::verifier {

/// Every block of the bundle, and the one that the answer is as of, must be among the headers;
/// where these begin with the ledger's genesis, at its height too.
[[nodiscard]] Expected<std::string> check_headers(std::string_view file,
                                                  const Bundle& bundle,
                                                  const Proven& proven);

}  // namespace wagetrail::verifier
