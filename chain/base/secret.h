// Bytes that nobody can guess, and comparing without telling where two of them differ. By OpenSSL.
#pragma once

#include "chain/base/expected.h"
#include "chain/base/ids.h"

#include <cstddef>
#include <string>

namespace wagetrail {

/// Two hexadecimal digits a byte. io: the system gives none.
[[nodiscard]] Expected<std::string> random_text(std::size_t bytes);

/// Takes as long whatever is in them.
[[nodiscard]] bool equal_in_constant_time(const Sha256Hash& a, const Sha256Hash& b);

}  // namespace wagetrail
