// "LEDGER:ADDRESS", as answers name entities and askers name addresses of a certain ledger.
#pragma once

#include "chain/ledger.h"

#include <optional>
#include <string_view>

namespace wagetrail::question {

struct EntityName {
    std::optional<LedgerId> ledger;  // nullopt: the text names none
    std::string_view address;        // what follows it, or all of the text; borrowed
};

/// A colon after anything but a known ledger means nothing.
[[nodiscard]] EntityName split_entity_name(std::string_view text);

}  // namespace wagetrail::question
