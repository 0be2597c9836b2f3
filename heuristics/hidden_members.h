// Who may sign for an address whose script is a hash until it is spent: HEURISTICS.md
// "multisig_member".
#pragma once

#include "chain/hidden_script.h"

#include "index/raw_blocks.h"

#include <optional>

namespace wagetrail {

struct ShownMembers {
    MultisigMembers members;
    std::optional<Txid> shown_by;  // the spend that showed the script; none: it is bare
};

/// Whether the address may hide a multisig, so that only a raw spend can tell.
[[nodiscard]] bool may_hide_multisig(const Address& address);

/// The members of a bare multisig, or of the script that the address's first spend shows. raw:
/// nullptr: hidden ones stay unknown. nullopt: no multisig, not spent as of the view, or among more
/// receipts than are looked through.
[[nodiscard]] Expected<std::optional<ShownMembers>> shown_members(const index::LedgerView& view,
                                                                  AddrId id,
                                                                  const Address& address,
                                                                  index::RawBlocks* raw);

}  // namespace wagetrail
