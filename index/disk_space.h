// Room on the disk a file lies on, asked for before it is written: a full disk is then one sentence
// before anything was begun, instead of whatever a library makes of it half-way.
#pragma once

#include "chain/base/expected.h"

#include <cstdint>
#include <filesystem>

namespace wagetrail::index {

/// io when the disk of path has less than bytes to spare. path, and folders above it, need not
/// exist yet. No error when the system does not tell.
[[nodiscard]] Expected<void> require_space(const std::filesystem::path& path, std::uint64_t bytes);

/// The same sentence for a write that met the full disk all the same.
[[nodiscard]] std::unexpected<Error> no_space_left(const std::filesystem::path& path);

/// Makes a folder and those above it; no error when it is there already. io: it cannot be made.
[[nodiscard]] Expected<void> make_folder(const std::filesystem::path& path);

}  // namespace wagetrail::index
