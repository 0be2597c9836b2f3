// Files that are whole or absent.
#pragma once

#include "chain/base/expected.h"

#include <string>

namespace wagetrail::index {

/// Beside its place first, so that what stands there is whole or the old one. Missing folders are
/// made. io: why it could not be written.
[[nodiscard]] Expected<void> write_file(const std::string& path, const std::string& content);

}  // namespace wagetrail::index
