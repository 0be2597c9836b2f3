// Sizes as people write them.
#pragma once

#include "chain/base/expected.h"

#include <cstdint>
#include <string_view>

namespace wagetrail::cli {

/// "512MiB", "2GiB", "1073741824": bytes. invalid below 64 MiB, with the accepted forms.
[[nodiscard]] Expected<std::uint64_t> parse_memory(std::string_view text);

}  // namespace wagetrail::cli
