// The rows of the last block, found again from its own columns: what extract put there.
#pragma once

#include "index/view.h"

namespace wagetrail::index {

/// Deletions of every observed row of the view's last block.
[[nodiscard]] Expected<Batch> deletions_of_tip(const LedgerView& view);

}  // namespace wagetrail::index
