// A second copy of an index, made of its rows as of one moment, while a sync may go on.
#pragma once

#include "index/database.h"

#include <stop_token>
#include <string>

namespace wagetrail::index {

/// Writes every row that the handle sees into a new database at path. invalid when path exists.
/// Whatever ends it early leaves a folder without a tip of its own: it is removed again.
[[nodiscard]] Expected<void> copy_rows(const ReadHandle& from,
                                       const std::string& path,
                                       std::uint64_t memory_bytes,
                                       const std::stop_token& stop);

}  // namespace wagetrail::index
