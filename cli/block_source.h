// Where a ledger's blocks can be read again: named on the command line, or remembered from the last
// sync. Passwords are never remembered.
#pragma once

#include "index/raw_blocks.h"

#include "cli/options.h"

#include <optional>
#include <string>

namespace wagetrail::cli {

[[nodiscard]] SourceSecrets secrets_of(const SourceOptions& options);

/// Beside the ledger's database. Folders are kept as absolute paths. source: its name().
[[nodiscard]] Expected<void> remember_source(const std::string& home,
                                             LedgerId ledger,
                                             const std::string& source);

/// nullopt: none was named and none is remembered. A remembered one that is no longer there counts
/// as none; one that was named is an error.
[[nodiscard]] Expected<std::optional<index::RawBlocks>> raw_blocks(const std::string& home,
                                                                   LedgerId ledger,
                                                                   const SourceOptions& options);

}  // namespace wagetrail::cli
