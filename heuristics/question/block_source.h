// Where a ledger's blocks can be read again: named by the asker, or remembered from the last
// sync. Passwords are never remembered.
#pragma once

#include "index/raw_blocks.h"

#include "heuristics/question/block_place.h"

#include <optional>
#include <string>

namespace wagetrail::question {

[[nodiscard]] SourceSecrets secrets_of(const BlockPlace& options);

/// Beside the ledger's database. Folders are kept as absolute paths. source: its name().
[[nodiscard]] Expected<void> remember_source(const std::string& home,
                                             LedgerId ledger,
                                             const std::string& source);

/// nullopt: none was named and none is remembered. A remembered one that is no longer there counts
/// as none; one that was named is an error.
[[nodiscard]] Expected<std::optional<index::RawBlocks>> raw_blocks(const std::string& home,
                                                                   LedgerId ledger,
                                                                   const BlockPlace& options);

}  // namespace wagetrail::question
